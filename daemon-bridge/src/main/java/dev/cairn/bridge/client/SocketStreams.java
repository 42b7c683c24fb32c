// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A socket as streams. Interrupting a thread that reads or writes closes the socket. */
final class SocketStreams {
    private static final int CAPACITY = 64 * 1024;

    private SocketStreams() {}

    /** Buffered: reads what there is, up to the buffer's size. */
    static InputStream input(SocketChannel socket) {
        return new Input(socket);
    }

    /** Not buffered. */
    static OutputStream output(SocketChannel socket) {
        return new Output(socket);
    }

    private static final class Input extends InputStream {
        private final SocketChannel socket;
        private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY).flip();

        Input(SocketChannel socket) {
            this.socket = socket;
        }

        @Override
        public int read() throws IOException {
            return fill() ? buffer.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, buffer.remaining());
            buffer.get(into, offset, count);
            return count;
        }

        private boolean fill() throws IOException {
            if (buffer.hasRemaining()) {
                return true;
            }
            buffer.clear();
            int count;
            try {
                count = socket.read(buffer);
            } finally {
                buffer.flip();
            }
            return count > 0;
        }
    }

    private static final class Output extends OutputStream {
        private final SocketChannel socket;

        Output(SocketChannel socket) {
            this.socket = socket;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(octets, offset, length);
            while (rest.hasRemaining()) {
                socket.write(rest);
            }
        }
    }
}
