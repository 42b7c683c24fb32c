// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.WireException;
import dev.cairn.bridge.wire.WireText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a client sends. One thread reads it; another may {@linkplain #awaitMore watch} meanwhile whether anything comes,
 * the end above all, and what comes is kept for the reader.
 *
 * <p>Of one request only so much is taken, and of large ones, which are kept in memory, one at a time for all clients
 * together. What is read as a stream does not count.
 */
final class ClientInput extends InputStream {
    /** Octets that a request may have before it has to wait for other large ones. */
    static final long SMALL = 256 * 1024;

    /** Octets that a request may have. */
    static final long LARGEST = 65L * 1024 * 1024;

    /** Octets a second that a client must send of a large request, on the average, as others wait for it. */
    private static final long LEAST_RATE = 1024 * 1024;

    private static final int CAPACITY = 64 * 1024;

    private final SocketChannel channel;
    private final Semaphore largeRequests;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final ByteBuffer direct = ByteBuffer.allocateDirect(CAPACITY);
    private final byte[] buffer = new byte[CAPACITY];
    private int start;
    private int end;
    private boolean filling;
    private boolean ended;
    private volatile long taken;
    private boolean streaming;
    private volatile boolean large;
    private volatile long largeSince;
    private volatile boolean waiting;
    private volatile long progress = System.nanoTime();

    /** @param largeRequests one permit for each large request that may be in memory at a time */
    ClientInput(SocketChannel channel, Semaphore largeRequests) {
        this.channel = channel;
        this.largeRequests = largeRequests;
    }

    /** Whether the reader waits for the client now. */
    boolean isWaiting() {
        return waiting;
    }

    /** When something came last, or was waited for first ({@link System#nanoTime}). */
    long progress() {
        return progress;
    }

    /** Whether a large request is being read, for which others wait. */
    boolean isLarge() {
        return large;
    }

    /** Whether a large request takes much longer to come than one does. @param patience in nanoseconds */
    boolean isDawdling(long patience) {
        return large
                && waiting
                && System.nanoTime() - largeSince
                        > patience + TimeUnit.SECONDS.toNanos(1) * (taken / LEAST_RATE + 1);
    }

    /** A new request begins; what the last one took is given back. */
    void beginRequest() {
        taken = 0;
        streaming = false;
        if (large) {
            large = false;
            largeRequests.release();
        }
    }

    /** What follows is not kept, so it may be of any size. */
    void beginStream() {
        streaming = true;
    }

    @Override
    public int read() throws IOException {
        byte[] octet = new byte[1];
        return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            if (start == end && !fill()) {
                return -1;
            }
            int count = Math.min(length, end - start);
            System.arraycopy(buffer, start, target, offset, count);
            start += count;
            account(count);
            return count;
        } finally {
            lock.unlock();
        }
    }

    private void account(int count) throws IOException {
        if (streaming) {
            return;
        }
        taken += count;
        if (taken > LARGEST) {
            throw new WireException(WireText.STRING_TOO_LONG);
        }
        if (taken > SMALL && !large) {
            try {
                largeRequests.acquire();
            } catch (InterruptedException _) {
                throw new InterruptedIOException();
            }
            progress = System.nanoTime();
            largeSince = progress;
            large = true;
        }
    }

    /** Gets at least one octet, from whichever thread is at it. @return false at the end. Called with the lock. */
    private boolean fill() throws IOException {
        waiting = true;
        progress = System.nanoTime();
        try {
            return awaitAny();
        } finally {
            waiting = false;
        }
    }

    /** Waits until there is something to read. @return false when the client is done */
    boolean awaitAny() throws IOException {
        lock.lock();
        try {
            while (filling) {
                filled.awaitUninterruptibly();
            }
            return start < end || receive();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until more comes than is there already, for whoever looks after a working client.
     *
     * @return false when the client is gone
     */
    boolean awaitMore() {
        lock.lock();
        try {
            while (filling) {
                filled.awaitUninterruptibly();
            }
            return receive();
        } catch (IOException _) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for octets and puts them behind those that are there. Called with the lock, which is free meanwhile. */
    private boolean receive() throws IOException {
        if (ended) {
            return false;
        }
        if (start == end) {
            start = 0;
            end = 0;
        } else if (end == CAPACITY) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == CAPACITY) {
            throw new WireException(WireText.STRING_TOO_LONG);
        }
        direct.clear().limit(CAPACITY - end);
        filling = true;
        int count = -1;
        lock.unlock();
        try {
            count = channel.read(direct);
        } finally {
            lock.lock();
            filling = false;
            progress = System.nanoTime();
            if (count <= 0) {
                ended = true;
            } else {
                // The reader may have gone on meanwhile, but only the thread that fills moves the end.
                direct.flip().get(buffer, end, count);
                end += count;
            }
            filled.signalAll();
        }
        return count > 0;
    }
}
