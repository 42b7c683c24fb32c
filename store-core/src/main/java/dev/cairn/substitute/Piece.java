// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** Some octets on their way. Those of full size are used again and again, as they live too long to be cheap. */
final class Piece {
    static final int SIZE = 1 << 17;
    private static final int MOST_SPARE = 96;

    /** Guarded by its own monitor. */
    private static final Deque<Piece> SPARE = new ArrayDeque<>();

    private final byte[] octets;
    private int length;
    private int position;

    private Piece(int size) {
        this.octets = new byte[size];
    }

    /** An empty one. */
    static Piece take(int size) {
        if (size == SIZE) {
            synchronized (SPARE) {
                Piece spare = SPARE.poll();
                if (spare != null) {
                    return spare;
                }
            }
        }
        return new Piece(size);
    }

    /** Nobody uses this one any more. */
    void giveBack() {
        if (octets.length == SIZE) {
            synchronized (SPARE) {
                if (SPARE.size() < MOST_SPARE) {
                    SPARE.push(this);
                }
            }
        }
    }

    void clear() {
        length = 0;
        position = 0;
    }

    byte[] octets() {
        return octets;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** How many more go in. */
    int room() {
        return octets.length - length;
    }

    void put(byte[] from, int offset, int count) {
        System.arraycopy(from, offset, octets, length, count);
        length += count;
    }

    /** Fills this empty one as far as the stream goes. @return octets, or -1 at the end */
    int fill(InputStream in) throws IOException {
        int n = 0;
        while (length < octets.length && n >= 0) {
            n = in.read(octets, length, octets.length - length);
            length += Math.max(n, 0);
        }
        return length == 0 ? -1 : length;
    }

    /** How many are left to be taken. */
    int left() {
        return length - position;
    }

    int next() {
        return octets[position++] & 0xff;
    }

    int get(byte[] to, int offset, int most) {
        int n = Math.min(most, left());
        System.arraycopy(octets, position, to, offset, n);
        position += n;
        return n;
    }
}
