// SPDX-License-Identifier: Apache-2.0
package dev.cairn.compression;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Where compressed data comes from; remembers what went wrong there, to tell that from what is wrong with the data. */
final class Source extends FilterInputStream {
    private @Nullable IOException failure;
    private boolean isEmpty = true;

    Source(InputStream in) {
        super(in);
    }

    /** Whether nothing came so far. */
    boolean isEmpty() {
        return isEmpty;
    }

    /** Throws what went wrong here, if something did. */
    void rethrow() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        try {
            int n = in.read(octets, offset, length);
            isEmpty &= n <= 0;
            return n;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
