// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Unix-domain sockets of daemons that tests start. */
public final class Sockets {
    private static final String LISTENS = "00010000";

    private Sockets() {}

    /** Whether somebody listens; the file is there a moment earlier. Nobody is disturbed by a connection. */
    public static boolean isServed(Path socket) throws IOException {
        return Files.readAllLines(Path.of("/proc/net/unix")).stream()
                .map(line -> line.trim().split("\\s+"))
                .anyMatch(fields -> fields.length > 7
                        && fields[3].equals(LISTENS)
                        && fields[7].equals(socket.toString()));
    }
}
