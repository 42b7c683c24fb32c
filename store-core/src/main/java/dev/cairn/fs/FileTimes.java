// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/** Times of files, set by utimensat(2): the JDK's own way takes four or five calls, and items have many files. */
final class FileTimes {
    private FileTimes() {}

    /** Sets the time of modification of a file, directory or symlink, not followed; that of access stays. */
    static void setModified(Path path, FileTime time) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = CLibrary.error(arena);
            MemorySegment name = CLibrary.name(arena, path);
            MemorySegment times = CLibrary.times(arena, time.to(TimeUnit.NANOSECONDS));
            if (CLibrary.utimensat(error, name, times, CLibrary.NOT_FOLLOWING) != 0) {
                throw CLibrary.failure(path, error);
            }
        }
    }
}
