// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A file that is open through the C library: for locks that the JDK does not have, and for the many small files of a
 * store, for which the JDK makes several calls where one does. Linux only. Used by one thread at a time; no call waits
 * for others, and none is ended by an interrupt.
 */
final class NativeFile implements AutoCloseable {
    private static final int WRITE_ONLY = 01;
    private static final int READ_WRITE = 02;
    private static final int CREATE = 0100;
    private static final int NEW = 0200;
    private static final int APPENDING = 02000;
    private static final int CLOSE_ON_EXEC = 02000000;

    /** Locks of this open file rather than of the process, which would lose them by closing another descriptor. */
    private static final int SET_LOCK_OF_OPEN_FILE = 37;

    private static final short LOCK_SHARED = 0;
    private static final short LOCK_EXCLUSIVE = 1;

    /** {@code struct flock}: type, whence, start, length (0: all), process. */
    private static final MemoryLayout LOCK = MemoryLayout.structLayout(
            ValueLayout.JAVA_SHORT,
            ValueLayout.JAVA_SHORT,
            MemoryLayout.paddingLayout(4),
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT,
            MemoryLayout.paddingLayout(4));

    private static final int FLOCK_SHARED = 1;
    private static final int FLOCK_EXCLUSIVE = 2;
    private static final int FLOCK_NOT_WAITING = 4;

    private static final int FROM_START = 0;
    private static final int FROM_END = 2;

    /** What goes to the C library at a time. */
    private static final int PIECE = 64 * 1024;

    private final Path path;
    private final int descriptor;
    private boolean closed;

    private NativeFile(Path path, int descriptor) {
        this.path = path;
        this.descriptor = descriptor;
    }

    /** Opens a file for reading and appending; makes it, with mode 0600, if it is not there. */
    static NativeFile open(Path path) throws IOException {
        return open(path, READ_WRITE | APPENDING | CREATE, 0600);
    }

    /**
     * Makes a file for writing.
     *
     * @param mode permission bits, of which the process's own mask may take some away
     * @throws java.nio.file.FileAlreadyExistsException when something of that name is there
     */
    static NativeFile create(Path path, int mode) throws IOException {
        return open(path, WRITE_ONLY | CREATE | NEW, mode);
    }

    private static NativeFile open(Path path, int flags, int mode) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = CLibrary.name(arena, path);
            MemorySegment error = CLibrary.error(arena);
            int descriptor = CLibrary.open(error, name, flags | CLOSE_ON_EXEC, mode);
            if (descriptor < 0) {
                throw CLibrary.failure(path, error);
            }
            return new NativeFile(path, descriptor);
        }
    }

    /** Locks the whole file as fcntl(2) does, against those as well who lock by process; false when it is not free. */
    boolean tryLock(boolean shared) throws IOException {
        return tryLock(shared, SET_LOCK_OF_OPEN_FILE);
    }

    /** @param command what is asked of fcntl(2) */
    boolean tryLock(boolean shared, int command) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment lock = arena.allocate(LOCK);
            lock.set(ValueLayout.JAVA_SHORT, 0, shared ? LOCK_SHARED : LOCK_EXCLUSIVE);
            MemorySegment error = CLibrary.error(arena);
            if (CLibrary.fcntl(error, descriptor, command, lock) == 0) {
                return true;
            }
            if (CLibrary.isUnknown(error)) {
                throw new NoLocksException(path);
            }
            return notFree(error);
        }
    }

    /** Locks the whole file by flock(2), which is another lock; false when it is not free. */
    boolean tryFlock(boolean shared) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = CLibrary.error(arena);
            int kind = (shared ? FLOCK_SHARED : FLOCK_EXCLUSIVE) | FLOCK_NOT_WAITING;
            return CLibrary.flock(error, descriptor, kind) == 0 || notFree(error);
        }
    }

    private boolean notFree(MemorySegment error) throws IOException {
        if (!CLibrary.isBusy(error)) {
            throw CLibrary.failure(path, error);
        }
        return false;
    }

    /** Octets in the file. */
    long size() throws IOException {
        return seek(FROM_END);
    }

    private long seek(int whence) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = CLibrary.error(arena);
            return check(CLibrary.lseek(error, descriptor, 0, whence), error);
        }
    }

    /** Reads all of the file; fewer octets when it becomes shorter meanwhile. */
    byte[] readAll(int length) throws IOException {
        seek(FROM_START);
        byte[] octets = new byte[length];
        int done = 0;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = CLibrary.error(arena);
            MemorySegment piece = arena.allocate(Math.clamp(length, 1, PIECE));
            while (done < length) {
                long most = Math.min(piece.byteSize(), length - done);
                int got = (int) check(CLibrary.read(error, descriptor, piece, most), error);
                if (got == 0) {
                    return Arrays.copyOf(octets, done);
                }
                MemorySegment.copy(piece, ValueLayout.JAVA_BYTE, 0, octets, done, got);
                done += got;
            }
        }
        return octets;
    }

    /** Takes the file's name away, where it still has it; the file itself lasts until it is closed. */
    void unlink() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = CLibrary.error(arena);
            if (CLibrary.unlink(error, CLibrary.name(arena, path)) < 0 && !CLibrary.isMissing(error)) {
                throw CLibrary.failure(path, error);
            }
        }
    }

    /** Writes behind what was written last, or behind all that is there. */
    void write(byte[] octets) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            write(arena.allocateFrom(ValueLayout.JAVA_BYTE, octets), octets.length);
        }
    }

    /** The same with the beginning of memory that the system can read as it is. */
    void write(MemorySegment octets, long length) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = CLibrary.error(arena);
            long written = 0;
            while (written < length) {
                MemorySegment rest = octets.asSlice(written);
                written += check(CLibrary.write(error, descriptor, rest, length - written), error);
            }
        }
    }

    /** Sets the permission bits, whatever the process's mask and the folder's access lists made of them. */
    void setMode(int mode) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = CLibrary.error(arena);
            MemorySegment status = arena.allocate(CLibrary.STATUS_SIZE);
            // To look takes a fraction of what it takes to set them, and they are right nearly always. Some containers
            // forbid to look.
            if (CLibrary.status(error, descriptor, status) != 0 || CLibrary.mode(status) != mode) {
                check(CLibrary.fchmod(error, descriptor, mode), error);
            }
        }
    }

    /** Sets when the file was modified; what is written later sets it anew. When it was read stays. */
    void setModified(FileTime time) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = CLibrary.error(arena);
            MemorySegment times = CLibrary.times(arena, time.to(TimeUnit.NANOSECONDS));
            check(CLibrary.futimens(error, descriptor, times), error);
        }
    }

    private long check(long result, MemorySegment error) throws IOException {
        if (result < 0) {
            throw CLibrary.failure(path, error);
        }
        return result;
    }

    /** Closes it, which gives up its locks. A second call does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            CLibrary.close(descriptor);
        }
    }
}
