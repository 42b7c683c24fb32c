// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Empty folders that builds of one request leave to each other: to rename one takes a tenth of the time that making
 * and deleting one does, and there may be a thousand small builds. They keep the name of the build that left them,
 * whose output is a root, so that a collection beside lets them be. Safe for use by several threads.
 */
final class SpareFolders implements AutoCloseable {
    private static final int MOST = 16;

    private final Deque<Path> spares = new ArrayDeque<>();

    /** Makes a folder, or renames a spare one. */
    void take(Path folder, FileAttribute<?> attribute) throws IOException {
        Path spare;
        synchronized (spares) {
            spare = spares.poll();
        }
        if (spare != null) {
            try {
                Files.move(spare, folder, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (IOException _) {
                // Somebody took it away; whatever else is wrong comes out when one is made.
                FileTrees.deleteShielded(spare);
            }
        }
        Files.createDirectory(folder, attribute);
    }

    /** Keeps the folder of a build that went well. @return false if it is not empty, or there are enough */
    boolean give(Path folder) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            if (entries.iterator().hasNext()) {
                return false;
            }
        } catch (IOException | DirectoryIteratorException _) {
            return false;
        }
        synchronized (spares) {
            return spares.size() < MOST && spares.add(folder);
        }
    }

    /** Deletes a folder that was kept, because the build that left it did not end well after all. */
    void forget(Path folder) throws IOException {
        synchronized (spares) {
            if (spares.remove(folder)) {
                FileTrees.deleteShielded(folder);
            }
        }
    }

    /** Deletes them. */
    @Override
    public void close() throws IOException {
        synchronized (spares) {
            while (!spares.isEmpty()) {
                Path spare = spares.remove();
                Interrupts.shielded(() -> Files.deleteIfExists(spare));
            }
        }
    }
}
