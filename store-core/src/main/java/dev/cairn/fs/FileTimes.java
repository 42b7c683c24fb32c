// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/** Times of files, set by utimensat(2): the JDK's own way takes four or five calls, and items have many files. */
final class FileTimes {
    private static final int CURRENT_DIRECTORY = -100;
    private static final int DO_NOT_FOLLOW = 0x100;
    private static final long LEAVE_AS_IT_IS = (1L << 30) - 2;
    private static final long NANOS = 1_000_000_000;
    private static final MethodHandle UTIMENSAT = handle();

    private FileTimes() {}

    /** Sets the time of modification of a file, directory or symlink, not followed; that of access stays. */
    static void setModified(Path path, FileTime time) throws IOException {
        byte[] name = Octets.of(path);
        int result;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(name.length + 1L);
            MemorySegment.copy(name, 0, text, ValueLayout.JAVA_BYTE, 0, name.length);
            long nanos = time.to(TimeUnit.NANOSECONDS);
            MemorySegment times = arena.allocateFrom(
                    ValueLayout.JAVA_LONG,
                    0,
                    LEAVE_AS_IT_IS,
                    Math.floorDiv(nanos, NANOS),
                    Math.floorMod(nanos, NANOS));
            result = (int) UTIMENSAT.invokeExact(CURRENT_DIRECTORY, text, times, DO_NOT_FOLLOW);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
        if (result != 0) {
            // Says what is wrong.
            Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(time, null, null);
        }
    }

    // Calling into the C library is what this class is for; the JVM is started with leave to do so.
    @SuppressWarnings("restricted")
    private static MethodHandle handle() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("utimensat"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT));
    }
}
