// SPDX-License-Identifier: Apache-2.0
package dev.cairn.hash;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Counts and hashes what is read through it, skipped octets included. Neither buffers nor copies: read large pieces.
 * Marks are not supported. Closing closes the stream behind it. Not safe for use by several threads.
 */
public final class HashingInputStream extends InputStream {
    private final InputStream in;
    private final HashAlgorithm algorithm;
    private final MessageDigest digest;
    private long count;

    /** Hashes what is read from {@code in}. */
    public HashingInputStream(HashAlgorithm algorithm, InputStream in) {
        this.in = in;
        this.algorithm = algorithm;
        this.digest = algorithm.newDigest();
    }

    @Override
    public int read() throws IOException {
        int octet = in.read();
        if (octet >= 0) {
            digest.update((byte) octet);
            count++;
        }
        return octet;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        int n = in.read(octets, offset, length);
        if (n > 0) {
            digest.update(octets, offset, n);
            count += n;
        }
        return n;
    }

    @Override
    public long skip(long wanted) throws IOException {
        byte[] dropped = new byte[Math.clamp(wanted, 0, 8192)];
        long left = wanted;
        while (left > 0) {
            int n = read(dropped, 0, (int) Math.min(left, dropped.length));
            if (n < 0) {
                break;
            }
            left -= n;
        }
        return Math.max(0, wanted - left);
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Octets read so far. */
    public long count() {
        return count;
    }

    /** The hash of what was read; to be called once, at the end. */
    public Hash hash() {
        return Hash.from(algorithm, digest);
    }
}
