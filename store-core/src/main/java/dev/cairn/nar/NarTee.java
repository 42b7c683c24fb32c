// SPDX-License-Identifier: Apache-2.0
package dev.cairn.nar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Gives the parts of one archive to a writer and to another sink, reading contents once. */
public final class NarTee implements NarSink {
    private final NarWriter writer;
    private final NarSink sink;

    /** @param sink reads contents, wholly or in part; {@code writer} gets all of them */
    public NarTee(NarWriter writer, NarSink sink) {
        this.writer = writer;
        this.sink = sink;
    }

    @Override
    public void regular(boolean executable, long size, InputStream contents) throws IOException {
        writer.beginRegular(executable, size);
        Copied copied = new Copied(contents, size);
        sink.regular(executable, size, copied);
        copied.skipRest();
        writer.endRegular(size);
    }

    @Override
    public void symlink(String target) throws IOException {
        writer.symlink(target);
        sink.symlink(target);
    }

    @Override
    public void directoryStart() throws IOException {
        writer.directoryStart();
        sink.directoryStart();
    }

    @Override
    public void entry(String name) throws IOException {
        writer.entry(name);
        sink.entry(name);
    }

    @Override
    public void directoryEnd() throws IOException {
        writer.directoryEnd();
        sink.directoryEnd();
    }

    /** Contents that are written as they are read, and must be as many as was said. */
    private final class Copied extends InputStream {
        private final InputStream in;
        private final long size;
        private long left;
        private boolean checked;

        Copied(InputStream in, long size) {
            this.in = in;
            this.size = size;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            if (left == 0) {
                checkEnd();
                return length == 0 ? 0 : -1;
            }
            int n = in.read(octets, offset, (int) Math.min(length, left));
            if (n < 0) {
                throw new EOFException("a file of " + size + " octets ended " + left + " octets early");
            }
            left -= n;
            writer.contents(octets, offset, n);
            return n;
        }

        void skipRest() throws IOException {
            if (left > 0) {
                transferTo(OutputStream.nullOutputStream());
            }
            checkEnd();
        }

        private void checkEnd() throws IOException {
            if (!checked && in.read() >= 0) {
                throw new IOException("a file has more than the " + size + " octets it had before");
            }
            checked = true;
        }
    }
}
