// SPDX-License-Identifier: Apache-2.0
package dev.cairn.hash;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hashes beside the thread that has the octets, so that reading and writing files does not wait for it. Small amounts
 * are hashed at once, by the caller. Holds half a megabyte at most. Used by one thread. Should the thread that hashes die,
 * say of a lack of memory, whoever gives more octets or asks for the hash gets an {@link IllegalStateException}.
 */
public final class BackgroundDigest implements AutoCloseable {
    /** From so many octets on, a thread of its own is worth while. */
    private static final int THRESHOLD = 1 << 18;

    private static final int PIECE_SIZE = 1 << 17;
    private static final int PIECES = 4;

    private final HashAlgorithm algorithm;
    private final long threshold;
    private final MessageDigest digest;
    private Piece piece = new Piece(0);
    private @Nullable Worker worker;
    private long count;

    /** Octets on their way. */
    private static final class Piece {
        private final byte[] octets;
        private int length;

        Piece(int size) {
            this.octets = new byte[size];
        }
    }

    /** Starts with no octets. */
    public BackgroundDigest(HashAlgorithm algorithm) {
        this(algorithm, THRESHOLD);
    }

    /** The same. @param threshold octets after which a thread of its own hashes */
    public BackgroundDigest(HashAlgorithm algorithm, long threshold) {
        this(algorithm, threshold, algorithm.newBulkDigest());
    }

    BackgroundDigest(HashAlgorithm algorithm, long threshold, MessageDigest digest) {
        this.algorithm = algorithm;
        this.threshold = threshold;
        this.digest = digest;
    }

    /** Octets given so far. */
    public long count() {
        return count;
    }

    /** Takes octets, which the caller may change afterwards. */
    public void update(byte[] octets, int offset, int length) {
        count += length;
        if (worker == null) {
            if (count <= threshold) {
                SmallSteps.update(digest, octets, offset, length);
                return;
            }
            worker = new Worker(digest);
            piece = worker.free();
        }
        int from = offset;
        int left = length;
        while (left > 0) {
            if (piece.length == PIECE_SIZE) {
                handOver(worker);
            }
            int n = Math.min(left, PIECE_SIZE - piece.length);
            System.arraycopy(octets, from, piece.octets, piece.length, n);
            piece.length += n;
            from += n;
            left -= n;
        }
    }

    private void handOver(Worker to) {
        to.give(piece);
        piece = to.free();
    }

    /** A stream whose octets are hashed here and written to {@code next}; closing it does nothing. */
    public OutputStream before(OutputStream next) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] octets, int offset, int length) throws IOException {
                update(octets, offset, length);
                next.write(octets, offset, length);
            }
        };
    }

    /** The hash of everything so far; more may follow. */
    public Hash hash() {
        Worker running = worker;
        if (running != null) {
            handOver(running);
            running.awaitIdle();
        }
        try {
            return Hash.from(algorithm, (MessageDigest) digest.clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this Java run-time cannot copy a " + algorithm.id(), e);
        }
    }

    /** Begins anew with no octets. */
    public void reset() {
        Worker running = worker;
        if (running != null) {
            piece.length = 0;
            running.awaitIdle();
        }
        digest.reset();
        count = 0;
    }

    /** Ends the thread, if there is one. */
    @Override
    public void close() {
        Worker running = worker;
        if (running != null) {
            running.end();
        }
    }

    /** The thread that hashes, and the pieces that go to it and come back. */
    private static final class Worker {
        private static final Piece END = new Piece(0);

        /** Milliseconds after which one who waits looks whether the thread still lives. */
        private static final long LOOK = 200;

        private final MessageDigest digest;
        private final BlockingQueue<Piece> full = new ArrayBlockingQueue<>(PIECES + 1);
        private final BlockingQueue<Piece> free = new ArrayBlockingQueue<>(PIECES);
        private final Thread thread;
        private volatile @Nullable Throwable death;

        Worker(MessageDigest digest) {
            this.digest = digest;
            for (int i = 0; i < PIECES; i++) {
                free.add(new Piece(PIECE_SIZE));
            }
            thread = Thread.ofVirtual().name("hash").start(this::run);
        }

        /** A piece that is being hashed when this thread dies does not come back, which others see. */
        private void run() {
            try {
                Piece next = full.take();
                while (next != END) {
                    SmallSteps.update(digest, next.octets, 0, next.length);
                    next.length = 0;
                    free.add(next);
                    next = full.take();
                }
            } catch (InterruptedException | RuntimeException | Error e) {
                death = e;
            }
        }

        /** There is always room, as there are not more pieces than places. */
        void give(Piece piece) {
            full.add(piece);
        }

        /** Waits until all pieces but that of the caller have come back. */
        void awaitIdle() {
            Piece[] all = new Piece[PIECES - 1];
            for (int i = 0; i < all.length; i++) {
                all[i] = free();
            }
            for (Piece back : all) {
                free.add(back);
            }
        }

        void end() {
            full.add(END);
        }

        /** Hashing ends soon by itself, so an interrupt is left to those who wait for something else. */
        Piece free() {
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        boolean alive = thread.isAlive();
                        Piece back = free.poll(LOOK, TimeUnit.MILLISECONDS);
                        if (back != null) {
                            return back;
                        }
                        if (!alive) {
                            throw new IllegalStateException("the thread that hashes has died", death);
                        }
                    } catch (InterruptedException _) {
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
