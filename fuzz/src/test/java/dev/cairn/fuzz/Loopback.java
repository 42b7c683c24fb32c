// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fuzz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The plain ends of sockets that tests talk through. */
final class Loopback {
    private Loopback() {}

    /** Sends as much as the other end takes, and says that this was all. */
    static void say(SocketChannel channel, byte[] octets) {
        ByteBuffer rest = ByteBuffer.wrap(octets);
        try {
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.shutdownOutput();
        } catch (IOException _) {
            // It may close the door on nonsense.
        }
    }

    /** Reads until the other end closes, which it has to. */
    static void drain(SocketChannel channel) {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        try {
            while (channel.read(buffer.clear()) >= 0) {
                // What it says does not matter here.
            }
        } catch (IOException _) {
            // Closing with something unread resets a connection.
        }
    }
}
