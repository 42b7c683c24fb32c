// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the log of a running Cairn goes: a file in the user's state folder, never the screen. To be called before the
 * first logger is made; tinylog reads these properties then.
 */
final class Logs {
    /** Beyond this the log starts anew; what matters is near its end. */
    private static final long MAX_OCTETS = 4 << 20;

    private Logs() {}

    static void toFolder(Path state) {
        Path file = state.resolve("cairn.log");
        try {
            Files.createDirectories(state);
            if (Files.isRegularFile(file) && Files.size(file) > MAX_OCTETS) {
                Files.delete(file);
            }
        } catch (IOException _) {
            // Without a place for it there is no log; that keeps nobody from working.
            System.setProperty("tinylog.level", "off");
            return;
        }
        if (!Files.isWritable(Files.exists(file) ? file : state)) {
            System.setProperty("tinylog.level", "off");
            return;
        }
        System.setProperty("tinylog.writer", "file");
        System.setProperty("tinylog.writer.file", file.toString());
        System.setProperty("tinylog.writer.append", "true");
        System.setProperty("tinylog.writer.charset", "UTF-8");
    }
}
