// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the octets that are read through it. */
final class CountingInput extends FilterInputStream {
    private long count;

    CountingInput(InputStream in) {
        super(in);
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        count += octet < 0 ? 0 : 1;
        return octet;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        int n = super.read(octets, offset, length);
        count += Math.max(n, 0);
        return n;
    }
}
