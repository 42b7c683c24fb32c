// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a whole file, as other processes take it with fcntl(2) (formats, section 8.4), that excludes threads of
 * this process as well. Nix locks with flock(2) instead, which is another lock of the same file; so both are taken.
 * Not tied to a thread and not reentrant.
 *
 * <p>The lock is one of the open file (an open file description lock), which excludes those of processes and is
 * excluded by them, but is not lost when this process closes another descriptor of the file. There is one open file
 * for each that is locked, shared by all holders of a shared lock.
 *
 * <p>Waiting is done by asking again: the system's own waiting lock sees deadlocks where several threads of two
 * processes merely wait for each other's other locks, and it cannot be interrupted without closing the descriptor.
 */
public final class PosixLock implements AutoCloseable {
    /** What a lock excludes. */
    public enum Mode {
        /** Exclusive holders only. */
        SHARED,
        /** Everybody else. */
        EXCLUSIVE
    }

    private static final long FIRST_PAUSE_MILLIS = 1;
    private static final long LONGEST_PAUSE_MILLIS = 32;

    /** Guards {@link #FILES} and every {@link LockedFile}; never held while waiting for another process. */
    private static final ReentrantLock GUARD = new ReentrantLock();

    private static final Condition CHANGED = GUARD.newCondition();
    private static final Map<Path, LockedFile> FILES = new HashMap<>();

    /** A file that this process has locked, or is about to lock. */
    private static final class LockedFile {
        /** Holders of the shared lock. */
        private int shared;
        /** Whether somebody has, or is trying to get, the lock for themselves. */
        private boolean exclusive;

        /** What is locked, once it is. */
        private @Nullable NativeFile file;
    }

    private final Path key;
    private final LockedFile locked;
    private final Mode mode;
    private boolean closed;

    private PosixLock(Path key, LockedFile locked, Mode mode) {
        this.key = key;
        this.locked = locked;
        this.mode = mode;
    }

    /**
     * Locks {@code file}, made with mode 0600 if it is not there, and waits as long as that takes.
     *
     * @throws InterruptedIOException when the thread is interrupted while waiting
     */
    public static PosixLock acquire(Path file, Mode mode) throws IOException {
        return acquire(file, mode, true, true).orElseThrow();
    }

    /**
     * Locks {@code file} like {@link #acquire}, but only against those who use fcntl(2): for files that others hold by
     * flock(2) as long as they live.
     */
    public static PosixLock acquireByFcntl(Path file, Mode mode) throws IOException {
        return acquire(file, mode, true, false).orElseThrow();
    }

    /** Locks {@code file} like {@link #acquire}; empty when another thread or process holds it. */
    public static Optional<PosixLock> tryAcquire(Path file, Mode mode) throws IOException {
        return acquire(file, mode, false, true);
    }

    private static Optional<PosixLock> acquire(Path file, Mode mode, boolean wait, boolean both) throws IOException {
        Path key = file.toAbsolutePath().normalize();
        Optional<LockedFile> claimed = claim(key, mode, wait);
        if (claimed.isEmpty()) {
            return Optional.empty();
        }
        LockedFile locked = claimed.get();
        boolean got = locked.file != null;
        if (!got) {
            try {
                got = lockFile(key, locked, mode, wait, both);
            } finally {
                settle(key, locked, got ? Optional.of(mode) : Optional.empty());
            }
        }
        return got ? Optional.of(new PosixLock(key, locked, mode)) : Optional.empty();
    }

    /** Excludes the other threads: joins the holders of a shared lock, or becomes the one that asks the system. */
    private static Optional<LockedFile> claim(Path key, Mode mode, boolean wait) throws InterruptedIOException {
        GUARD.lock();
        try {
            while (true) {
                LockedFile locked = FILES.computeIfAbsent(key, _ -> new LockedFile());
                if (mode == Mode.SHARED && locked.shared > 0) {
                    locked.shared++;
                    return Optional.of(locked);
                }
                if (locked.shared == 0 && !locked.exclusive) {
                    locked.exclusive = true;
                    return Optional.of(locked);
                }
                if (!wait) {
                    return Optional.empty();
                }
                CHANGED.await();
            }
        } catch (InterruptedException _) {
            throw interrupted();
        } finally {
            GUARD.unlock();
        }
    }

    private static boolean lockFile(Path key, LockedFile locked, Mode mode, boolean wait, boolean both)
            throws IOException {
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (!tryBoth(key, locked, mode, both)) {
                if (!wait) {
                    return false;
                }
                Thread.sleep(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
            return true;
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    private static boolean tryBoth(Path key, LockedFile locked, Mode mode, boolean both) throws IOException {
        NativeFile file = NativeFile.open(key);
        boolean shared = mode == Mode.SHARED;
        boolean got = false;
        try {
            got = file.tryLock(shared) && (!both || file.tryFlock(shared));
        } finally {
            if (!got) {
                file.close();
            }
        }
        if (got) {
            locked.file = file;
        }
        return got;
    }

    private static void settle(Path key, LockedFile locked, Optional<Mode> got) {
        GUARD.lock();
        try {
            locked.exclusive = got.isPresent() && got.get() == Mode.EXCLUSIVE;
            locked.shared = got.isPresent() && got.get() == Mode.SHARED ? 1 : 0;
            forgetUnused(key, locked);
            CHANGED.signalAll();
        } finally {
            GUARD.unlock();
        }
    }

    private static void forgetUnused(Path key, LockedFile locked) {
        if (locked.shared == 0 && !locked.exclusive) {
            FILES.remove(key);
        }
    }

    /** What this holder may do. */
    public Mode mode() {
        return mode;
    }

    /** Octets in the locked file, which may have lost its name meanwhile. */
    public long size() throws IOException {
        NativeFile file = openFile();
        synchronized (file) {
            return file.size();
        }
    }

    /**
     * Reads all of the locked file, which must not be opened otherwise, whatever interrupt is pending.
     *
     * @throws IOException also when it has more than {@code limit} octets
     */
    public byte[] readAll(int limit) throws IOException {
        NativeFile file = openFile();
        synchronized (file) {
            long length = file.size();
            if (length > limit) {
                throw new IOException(key + " has " + length + " octets; at most " + limit + " were expected");
            }
            return file.readAll((int) length);
        }
    }

    /** Appends to the locked file, whatever interrupt is pending. */
    public void append(byte[] octets) throws IOException {
        NativeFile file = openFile();
        synchronized (file) {
            file.write(octets);
        }
    }

    /** Takes the name of the locked file away; who waits for the lock has a file without a name then. */
    public void unlink() throws IOException {
        NativeFile file = openFile();
        synchronized (file) {
            file.unlink();
        }
    }

    private NativeFile openFile() {
        NativeFile file = locked.file;
        if (closed || file == null) {
            throw new IllegalStateException("the lock on " + key + " was given up");
        }
        return file;
    }

    /** Gives the lock up. A second call does nothing. */
    @Override
    public void close() {
        GUARD.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            NativeFile last = null;
            if (mode == Mode.EXCLUSIVE) {
                locked.exclusive = false;
                last = locked.file;
            } else if (--locked.shared == 0) {
                last = locked.file;
            }
            if (last != null) {
                locked.file = null;
                forgetUnused(key, locked);
                // This is what tells the other processes.
                last.close();
            }
        } finally {
            CHANGED.signalAll();
            GUARD.unlock();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting for a lock");
    }
}
