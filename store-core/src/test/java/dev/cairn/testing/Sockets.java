// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Unix-domain sockets of daemons that tests start. */
public final class Sockets {
    private Sockets() {}

    /** Whether somebody listens; the file alone is there a moment earlier. */
    public static boolean isServed(Path socket) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException _) {
            return false;
        }
    }
}
