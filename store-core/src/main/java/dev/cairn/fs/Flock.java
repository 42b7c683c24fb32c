// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/** A lock on a whole file by flock(2), which Nix takes where Guix takes one by fcntl(2); they know nothing of each other. */
final class Flock implements AutoCloseable {
    private static final int READ_WRITE = 2;
    private static final int CLOSE_ON_EXEC = 02000000;
    private static final int SHARED = 1;
    private static final int EXCLUSIVE = 2;
    private static final int NOT_WAITING = 4;

    private static final MethodHandle OPEN = function(
            "open",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle FLOCK = function(
            "flock", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle CLOSE =
            function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private final int descriptor;

    private Flock(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Locks a file that is there; empty when somebody else holds it. Whoever has locks by fcntl(2) on the same file
     * loses them when this one is closed, and also when it was not got.
     */
    static Optional<Flock> tryLock(Path file, PosixLock.Mode mode) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            byte[] name = Octets.of(file);
            MemorySegment terminated = arena.allocate(name.length + 1L);
            MemorySegment.copy(name, 0, terminated, ValueLayout.JAVA_BYTE, 0, name.length);
            int descriptor = (int) OPEN.invokeExact(terminated, READ_WRITE | CLOSE_ON_EXEC);
            if (descriptor < 0) {
                throw new FileSystemException(file.toString(), null, "cannot be opened to be locked");
            }
            Flock lock = new Flock(descriptor);
            int kind = mode == PosixLock.Mode.SHARED ? SHARED : EXCLUSIVE;
            if ((int) FLOCK.invokeExact(descriptor, kind | NOT_WAITING) == 0) {
                return Optional.of(lock);
            }
            lock.close();
            return Optional.empty();
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        try {
            int _ = (int) CLOSE.invokeExact(descriptor);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    // Calling the C library is what this class is for; the JVM is started with leave to do so.
    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }
}
