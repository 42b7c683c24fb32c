// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sockets of daemons that tests start, and of those that nobody starts. */
public final class Sockets {
    private static final String LISTENS = "00010000";

    private Sockets() {}

    /** A port of this machine at which nobody listens, nor anybody else can as long as it is open. */
    public static Socket withoutListener() throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
    }

    /** Whether somebody listens; the file is there a moment earlier. Nobody is disturbed by a connection. */
    public static boolean isServed(Path socket) throws IOException {
        return Files.readAllLines(Path.of("/proc/net/unix")).stream()
                .map(line -> line.trim().split("\\s+"))
                .anyMatch(fields -> fields.length > 7
                        && fields[3].equals(LISTENS)
                        && fields[7].equals(socket.toString()));
    }
}
