// SPDX-License-Identifier: Apache-2.0
package dev.cairn.hash;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/**
 * Counts and hashes what is written through it. Neither buffers nor copies: write large pieces. Closing closes the
 * stream behind it. Not safe for use by several threads.
 */
public final class HashingOutputStream extends OutputStream {
    private final OutputStream out;
    private final HashAlgorithm algorithm;
    private final MessageDigest digest;
    private long count;

    /** Passes everything on to {@code out}. */
    public HashingOutputStream(HashAlgorithm algorithm, OutputStream out) {
        this.out = out;
        this.algorithm = algorithm;
        this.digest = algorithm.newBulkDigest();
    }

    /** Only counts and hashes. */
    public HashingOutputStream(HashAlgorithm algorithm) {
        this(algorithm, OutputStream.nullOutputStream());
    }

    @Override
    public void write(int octet) throws IOException {
        out.write(octet);
        digest.update((byte) octet);
        count++;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        out.write(octets, offset, length);
        digest.update(octets, offset, length);
        count += length;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Octets written so far. */
    public long count() {
        return count;
    }

    /** The hash of what was written; to be called once, at the end. */
    public Hash hash() {
        return Hash.from(algorithm, digest);
    }
}
