// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where standard error goes.
 *
 * @param terminal whether somebody looks at it, so that lines may be written over
 * @param columns its width, asked for when first needed
 */
record Screen(boolean terminal, Columns columns) {
    static final Screen NONE = new Screen(false, () -> Screen.DEFAULT_COLUMNS);

    private static final int DEFAULT_COLUMNS = 80;

    /** Finds out the width of a terminal. */
    @FunctionalInterface
    interface Columns {
        int count();
    }

    /** The one of this process. */
    static Screen ofStandardError(Map<String, String> environment) {
        if ("dumb".equals(environment.get("TERM"))) {
            return NONE;
        }
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            boolean terminal = target.startsWith("/dev/pts/") || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
            return new Screen(terminal, Screen::askTerminal);
        } catch (IOException _) {
            return NONE;
        }
    }

    private static int askTerminal() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/tty")))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream answer = stty.getInputStream()) {
                String text = new String(answer.readNBytes(64), StandardCharsets.US_ASCII).strip();
                int columns = Integer.parseInt(text.substring(text.indexOf(' ') + 1));
                return columns > 0 ? columns : DEFAULT_COLUMNS;
            }
        } catch (IOException | NumberFormatException _) {
            return DEFAULT_COLUMNS;
        }
    }
}
