// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import java.io.IOException;
import java.io.InputStream;

/** Reads a stream in large pieces, and hashes each before any of it is given on. Used by one thread. */
final class HashedStream extends InputStream {
    private final InputStream in;
    private final NarDigest digest;
    private final Piece piece = Piece.take(Piece.SIZE);

    /** @param in is closed with this */
    HashedStream(InputStream in, NarDigest digest) {
        this.in = in;
        this.digest = digest;
        piece.clear();
    }

    @Override
    public int read() throws IOException {
        return isThereMore() ? piece.next() : -1;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        return isThereMore() ? piece.get(octets, offset, length) : -1;
    }

    @Override
    public int available() {
        return piece.left();
    }

    private boolean isThereMore() throws IOException {
        if (piece.left() == 0) {
            piece.clear();
            int n = piece.fill(in);
            if (n < 0) {
                return false;
            }
            digest.at(piece.octets(), n);
        }
        return true;
    }

    /** To be called once. */
    @Override
    public void close() throws IOException {
        piece.giveBack();
        in.close();
    }
}
