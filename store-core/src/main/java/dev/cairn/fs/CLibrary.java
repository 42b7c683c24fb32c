// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The functions of the C library on files that the JDK has no way to, or only one of several calls. Each returns what
 * the function does, after setting {@code errno} in a segment made by {@link #error}. Numbers are Linux's, on 64 bits.
 */
final class CLibrary {
    /** In place of a descriptor: names are relative to the working folder. */
    static final int WORKING_FOLDER = -100;

    /** Flag: of a symlink, itself is meant. */
    static final int NOT_FOLLOWING = 0x100;

    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EIO = 5;
    private static final int EAGAIN = 11;
    private static final int EACCES = 13;
    private static final int EEXIST = 17;
    private static final int ENOTDIR = 20;
    private static final int EISDIR = 21;
    private static final int EINVAL = 22;
    private static final int ENFILE = 23;
    private static final int EMFILE = 24;
    private static final int EFBIG = 27;
    private static final int ENOSPC = 28;
    private static final int EROFS = 30;
    private static final int ENAMETOOLONG = 36;
    private static final int ENOLCK = 37;
    private static final int ENOSYS = 38;
    private static final int ELOOP = 40;
    private static final int EOPNOTSUPP = 95;
    private static final int EDQUOT = 122;

    /** Octets of {@code struct statx}. */
    static final long STATUS_SIZE = 256;

    private static final long MODE_IN_STATUS = 28;
    private static final int PERMISSION_BITS = 07777;
    private static final int STATX_MODE = 2;

    /** Flag: without a name, the descriptor itself is meant. */
    private static final int EMPTY_NAME = 0x1000;

    private static final MemorySegment NO_NAME = Arena.global().allocateFrom("");

    private static final long LEAVE_AS_IT_IS = (1L << 30) - 2;
    private static final long NANOS = 1_000_000_000;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPEN = function(
            "open",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle FCNTL = function(
            "fcntl",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle FLOCK =
            function("flock", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle LSEEK = function(
            "lseek",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    private static final MethodHandle READ = function("read", transfer());
    private static final MethodHandle WRITE = function("write", transfer());
    private static final MethodHandle FCHMOD =
            function("fchmod", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle STATX = function(
            "statx",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS));
    private static final MethodHandle FUTIMENS = function(
            "futimens", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    private static final MethodHandle UTIMENSAT = function(
            "utimensat",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT));
    private static final MethodHandle UNLINK =
            function("unlink", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    private static final MethodHandle CLOSE =
            function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private CLibrary() {}

    private static IOException unexpected(Throwable e) {
        return switch (e) {
            case RuntimeException wrong -> throw wrong;
            case Error wrong -> throw wrong;
            default -> new IOException(e);
        };
    }

    static int open(MemorySegment error, MemorySegment name, int flags, int mode) throws IOException {
        try {
            return (int) OPEN.invokeExact(error, name, flags, mode);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int fcntl(MemorySegment error, int descriptor, int command, MemorySegment argument) throws IOException {
        try {
            return (int) FCNTL.invokeExact(error, descriptor, command, argument);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int flock(MemorySegment error, int descriptor, int operation) throws IOException {
        try {
            return (int) FLOCK.invokeExact(error, descriptor, operation);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long lseek(MemorySegment error, int descriptor, long offset, int whence) throws IOException {
        try {
            return (long) LSEEK.invokeExact(error, descriptor, offset, whence);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long read(MemorySegment error, int descriptor, MemorySegment buffer, long count) throws IOException {
        try {
            return (long) READ.invokeExact(error, descriptor, buffer, count);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long write(MemorySegment error, int descriptor, MemorySegment buffer, long count) throws IOException {
        try {
            return (long) WRITE.invokeExact(error, descriptor, buffer, count);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int fchmod(MemorySegment error, int descriptor, int mode) throws IOException {
        try {
            return (int) FCHMOD.invokeExact(error, descriptor, mode);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Finds out the permission bits of an open file. */
    static int status(MemorySegment error, int descriptor, MemorySegment status) throws IOException {
        try {
            return (int) STATX.invokeExact(error, descriptor, NO_NAME, EMPTY_NAME, STATX_MODE, status);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The permission bits of what {@link #status} found. */
    static int mode(MemorySegment status) {
        return status.get(ValueLayout.JAVA_SHORT, MODE_IN_STATUS) & PERMISSION_BITS;
    }

    static int futimens(MemorySegment error, int descriptor, MemorySegment times) throws IOException {
        try {
            return (int) FUTIMENS.invokeExact(error, descriptor, times);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int utimensat(MemorySegment error, MemorySegment name, MemorySegment times, int flags) throws IOException {
        try {
            return (int) UTIMENSAT.invokeExact(error, WORKING_FOLDER, name, times, flags);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int unlink(MemorySegment error, MemorySegment name) throws IOException {
        try {
            return (int) UNLINK.invokeExact(error, name);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Frees a descriptor, also where the function says that it was interrupted. */
    static void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            int _ = (int) CLOSE.invokeExact(error(arena), descriptor);
        } catch (Throwable e) {
            throw new IllegalStateException(unexpected(e));
        }
    }

    /** Where a function says what went wrong. */
    static MemorySegment error(Arena arena) {
        return arena.allocate(STATE);
    }

    /** Whether a lock was not got because somebody else has it. */
    static boolean isBusy(MemorySegment error) {
        int number = (int) ERRNO.get(error, 0L);
        return number == EAGAIN || number == EACCES;
    }

    /** Whether the system does not know what it was asked to do. */
    static boolean isUnknown(MemorySegment error) {
        int number = (int) ERRNO.get(error, 0L);
        return number == EINVAL || number == ENOSYS || number == EOPNOTSUPP;
    }

    /** Whether there is nothing of the name that was given. */
    static boolean isMissing(MemorySegment error) {
        return (int) ERRNO.get(error, 0L) == ENOENT;
    }

    /** What the last function to fail said, as the JDK's exceptions for it. */
    static IOException failure(Path path, MemorySegment error) {
        int number = (int) ERRNO.get(error, 0L);
        String name = path.toString();
        return switch (number) {
            case ENOENT -> new NoSuchFileException(name);
            case EACCES -> new AccessDeniedException(name);
            case EEXIST -> new FileAlreadyExistsException(name);
            case ENOTDIR -> new NotDirectoryException(name);
            default -> new FileSystemException(name, null, words(number));
        };
    }

    private static String words(int number) {
        return switch (number) {
            case EPERM -> "Operation not permitted";
            case EIO -> "Input/output error";
            case EISDIR -> "Is a directory";
            case ENFILE -> "Too many open files in system";
            case EMFILE -> "Too many open files";
            case EFBIG -> "File too large";
            case ENOSPC -> "No space left on device";
            case EROFS -> "Read-only file system";
            case ENAMETOOLONG -> "File name too long";
            case ENOLCK -> "No locks available";
            case ELOOP -> "Too many levels of symbolic links";
            case EDQUOT -> "Disk quota exceeded";
            default -> "system error " + number;
        };
    }

    /** A file's name as the C library takes it. */
    static MemorySegment name(Arena arena, Path path) {
        byte[] octets = Octets.of(path);
        MemorySegment terminated = arena.allocate(octets.length + 1L);
        MemorySegment.copy(octets, 0, terminated, ValueLayout.JAVA_BYTE, 0, octets.length);
        return terminated;
    }

    /**
     * Two of {@code struct timespec}: the time of access stays as it is.
     *
     * @param modified since the epoch, in nanoseconds
     */
    static MemorySegment times(Arena arena, long modified) {
        return arena.allocateFrom(
                ValueLayout.JAVA_LONG,
                0,
                LEAVE_AS_IT_IS,
                Math.floorDiv(modified, NANOS),
                Math.floorMod(modified, NANOS));
    }

    private static FunctionDescriptor transfer() {
        return FunctionDescriptor.of(
                ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
    }

    // Calling the C library is what this class is for; the JVM is started with leave to do so.
    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        Linker.Option[] all = Arrays.copyOf(options, options.length + 1);
        all[options.length] = Linker.Option.captureCallState("errno");
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, all);
    }
}
