// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.IOException;
import java.nio.file.Path;

/** Makes files of a store that are canonical at once (formats, section 8.1), in as few calls as that takes. */
public final class CanonicalFile {
    private static final int PLAIN = 0444;
    private static final int EXECUTABLE = 0555;

    private CanonicalFile() {}

    /**
     * Makes a file of which all is in memory. What was written stays when this fails.
     *
     * @throws java.nio.file.FileAlreadyExistsException when something of that name is there
     */
    public static void write(Path file, boolean executable, byte[] contents) throws IOException {
        int mode = executable ? EXECUTABLE : PLAIN;
        try (NativeFile out = NativeFile.create(file, mode)) {
            out.write(contents, 0, contents.length);
            out.setMode(mode);
            out.setModified(CanonicalMetadata.MTIME);
        }
    }
}
