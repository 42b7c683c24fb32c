// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/**
 * A file of a store that is being made, canonical in the end (formats, section 8.1), in as few calls as that takes. What
 * was written stays when that fails. Used by one thread.
 */
public final class CanonicalFile implements AutoCloseable {
    private static final int PLAIN = 0444;
    private static final int EXECUTABLE = 0555;

    private final NativeFile file;
    private final int mode;
    private final Arena arena = Arena.ofConfined();
    private MemorySegment piece = MemorySegment.NULL;

    private CanonicalFile(NativeFile file, int mode) {
        this.file = file;
        this.mode = mode;
    }

    /**
     * Makes a file that is empty at first.
     *
     * @throws java.nio.file.FileAlreadyExistsException when something of that name is there
     */
    static CanonicalFile create(Path file, boolean executable) throws IOException {
        int mode = executable ? EXECUTABLE : PLAIN;
        return new CanonicalFile(NativeFile.create(file, mode), mode);
    }

    /**
     * Makes a file of which all is in memory.
     *
     * @throws java.nio.file.FileAlreadyExistsException when something of that name is there
     */
    public static void write(Path file, boolean executable, byte[] contents) throws IOException {
        try (CanonicalFile out = create(file, executable)) {
            out.write(contents, contents.length);
            out.seal();
        }
    }

    /** Writes behind what was written before; best in pieces of one size, the last one smaller. */
    void write(byte[] octets, int length) throws IOException {
        if (piece.byteSize() < length) {
            piece = arena.allocate(length);
        }
        MemorySegment.copy(octets, 0, piece, ValueLayout.JAVA_BYTE, 0, length);
        file.write(piece, length);
    }

    /** All is written: gives the file its permissions and its time. */
    void seal() throws IOException {
        file.setMode(mode);
        file.setModified(CanonicalMetadata.MTIME);
    }

    @Override
    public void close() {
        arena.close();
        file.close();
    }
}
