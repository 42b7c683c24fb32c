// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Octets on their way from one thread to another, never more of them than fit into its pieces. What goes wrong at the
 * beginning is told at the end; when the end is closed, the beginning is told to stop.
 */
final class Pipe {
    private static final int PIECES = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Piece> full = new ArrayDeque<>();
    private final Deque<Piece> free = new ArrayDeque<>();
    private final int pieceSize;
    private final int pieces;
    private int made;
    private boolean complete;
    private boolean unwanted;
    private @Nullable IOException problem;

    /** Whoever reads does not want any more. */
    static final class Unwanted extends IOException {
        Unwanted() {
            super("nothing more is wanted");
        }
    }

    /** @param expected octets altogether, of which few need but little room */
    Pipe(long expected) {
        this(expected, PIECES);
    }

    private Pipe(long expected, int pieces) {
        this.pieceSize = Math.clamp(expected, 512, Piece.SIZE);
        this.pieces = pieces;
    }

    /**
     * One that takes all, so that the thread that filled it may empty it.
     *
     * @param most octets that go in
     */
    static Pipe forAll(long expected, int most) {
        return new Pipe(expected, most / Math.clamp(expected, 512, Piece.SIZE) + 2);
    }

    /** Where octets go in. Closing it without {@link #end} before looks like a failure at the other end. */
    OutputStream beginning() {
        return new Beginning();
    }

    /** Takes what a stream has, up to its end. @param look is shown the octets on their way */
    void fill(InputStream in, Look look) throws IOException {
        while (true) {
            Piece piece = takeFree();
            int n = piece.fill(in);
            if (n < 0) {
                recycle(piece);
                return;
            }
            look.at(piece.octets(), n);
            give(piece);
        }
    }

    /** Is shown octets that pass. */
    interface Look {
        void at(byte[] octets, int length);
    }

    private void recycle(Piece piece) {
        lock.lock();
        try {
            free.add(piece);
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of all that is not on its way; to be called when neither end is used any more. */
    void release() {
        lock.lock();
        try {
            free.forEach(Piece::giveBack);
            full.forEach(Piece::giveBack);
            free.clear();
            full.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Where octets come out. Closing it ends whoever writes. */
    InputStream end() {
        return new End();
    }

    /** There will be no more, because that was all. */
    void complete() {
        lock.lock();
        try {
            complete = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** There will be no more, because something went wrong. */
    void fail(IOException cause) {
        lock.lock();
        try {
            if (problem == null) {
                problem = cause;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Piece takeFree() throws IOException {
        lock.lock();
        try {
            while (free.isEmpty() && made == pieces && !unwanted) {
                await();
            }
            if (unwanted) {
                throw new Unwanted();
            }
            Piece piece = free.poll();
            if (piece == null) {
                made++;
                piece = Piece.take(pieceSize);
            }
            piece.clear();
            return piece;
        } finally {
            lock.unlock();
        }
    }

    private void give(Piece piece) {
        lock.lock();
        try {
            full.add(piece);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next piece, in exchange for the one before; null at the end. */
    private @Nullable Piece exchange(@Nullable Piece used) throws IOException {
        lock.lock();
        try {
            if (used != null) {
                free.add(used);
                changed.signalAll();
            }
            while (full.isEmpty() && !complete && problem == null) {
                await();
            }
            if (problem != null) {
                throw problem;
            }
            return full.poll();
        } finally {
            lock.unlock();
        }
    }

    private void await() throws InterruptedIOException {
        try {
            changed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for octets");
        }
    }

    /** Nothing more is wanted. */
    void refuse() {
        lock.lock();
        try {
            unwanted = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private final class Beginning extends OutputStream {
        private @Nullable Piece piece;

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            int from = offset;
            int left = length;
            while (left > 0) {
                Piece open = piece;
                if (open == null) {
                    open = takeFree();
                    piece = open;
                }
                int n = Math.min(left, open.room());
                open.put(octets, from, n);
                from += n;
                left -= n;
                if (open.room() == 0) {
                    flush();
                }
            }
        }

        @Override
        public void flush() {
            Piece open = piece;
            if (open != null && !open.isEmpty()) {
                piece = null;
                give(open);
            }
        }
    }

    private final class End extends InputStream {
        private @Nullable Piece piece;

        @Override
        public int read() throws IOException {
            Piece open = filled();
            return open == null ? -1 : open.next();
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            Piece open = filled();
            if (open == null) {
                return -1;
            }
            return open.get(octets, offset, length);
        }

        @Override
        public int available() {
            Piece open = piece;
            return open == null ? 0 : open.left();
        }

        private @Nullable Piece filled() throws IOException {
            while (piece == null || piece.left() == 0) {
                Piece used = piece;
                // Given away even when this fails: whoever asks again must not give it away twice.
                piece = null;
                piece = exchange(used);
                if (piece == null) {
                    return null;
                }
            }
            return piece;
        }

        @Override
        public void close() {
            refuse();
        }
    }
}
