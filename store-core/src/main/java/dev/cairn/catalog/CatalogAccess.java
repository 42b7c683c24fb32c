// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out what keeps this process from the catalog's file, of which SQLite only says that it cannot be opened. */
final class CatalogAccess {
    /** What can be done whatever it is. */
    static final String ELSEWHERE =
            "The catalog is only a cache; the variable XDG_CACHE_HOME can name another folder for it.";

    private CatalogAccess() {}

    /**
     * Looks whether the file can be read and written, and whether files can be made beside it, as SQLite has to.
     *
     * @return why not, as the system says it; empty if nothing is wrong
     */
    static Optional<IOException> problem(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            if (folder == null || !Files.isDirectory(folder)) {
                throw new NotDirectoryException(String.valueOf(folder));
            }
            check(folder, AccessMode.READ, AccessMode.WRITE, AccessMode.EXECUTE);
            if (Files.exists(file)) {
                check(file, AccessMode.READ, AccessMode.WRITE);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    private static void check(Path path, AccessMode... modes) throws IOException {
        path.getFileSystem().provider().checkAccess(path, modes);
    }
}
