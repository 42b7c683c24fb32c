// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which permissions the system takes from files that this process makes; that does not change while it runs. */
final class Umask {
    private static final int EVERYTHING = 0777;
    private static final int MASK = read();

    private Umask() {}

    /** Whether a file made with these permission bits may have fewer, and they must be set once it is there. */
    static boolean hides(int mode) {
        return (MASK & mode) != 0;
    }

    private static int read() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("Umask:")) {
                    return Integer.parseInt(line.substring(6).trim(), 8);
                }
            }
        } catch (IOException | NumberFormatException _) {
            // Then permissions are set for every file, which is only slower.
        }
        return EVERYTHING;
    }
}
