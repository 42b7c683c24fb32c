// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * A pipe of the system, whose writing end another process takes by its name in {@code /proc}. Java has none that
 * other processes can reach.
 */
final class LogPipe implements AutoCloseable {
    private static final int CLOSE_ON_EXEC = 02000000;
    private static final MethodHandle PIPE2 = function(
            "pipe2", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    private static final MethodHandle CLOSE =
            function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private final int writer;
    private final InputStream reader;
    private boolean closed;

    private LogPipe(int writer, InputStream reader) {
        this.writer = writer;
        this.reader = reader;
    }

    static LogPipe open() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
            if ((int) PIPE2.invokeExact(ends, CLOSE_ON_EXEC) != 0) {
                throw new IOException("no pipe can be made; too many files may be open");
            }
            int reading = ends.getAtIndex(ValueLayout.JAVA_INT, 0);
            int writing = ends.getAtIndex(ValueLayout.JAVA_INT, 1);
            try {
                return new LogPipe(writing, new FileInputStream("/proc/self/fd/" + reading));
            } finally {
                close(reading);
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** What to open for writing, from any process of this user. */
    String name() {
        return "/proc/" + ProcessHandle.current().pid() + "/fd/" + writer;
    }

    /** What is written; ends when no process has the writing end any more, this one included. */
    InputStream reader() {
        return reader;
    }

    /** Gives up the writing end. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            close(writer);
        }
    }

    private static void close(int descriptor) {
        try {
            int _ = (int) CLOSE.invokeExact(descriptor);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    // Calling the C library is what this class is for; the JVM is started with leave to do so.
    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
    }
}
