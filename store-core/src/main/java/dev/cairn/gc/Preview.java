// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import dev.cairn.fs.Deduplicator;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds out what a collection would free, to the octet: a file counts when all its names would go, the one in
 * {@code .links} included, which goes when it is the last.
 */
final class Preview implements Remover {
    /** A file with several names. */
    private static final class Shared {
        private final long size;
        private long namesLeft;

        Shared(FileNode node) {
            this.size = node.size();
            this.namesLeft = node.names();
        }
    }

    private final StoreLayout layout;
    private final Map<Object, Shared> shared = new HashMap<>();
    private long freed;

    Preview(StoreLayout layout) throws IOException {
        this.layout = layout;
        remove(layout.physicalStore().resolve("trash"));
    }

    @Override
    public boolean item(StorePath path) throws IOException {
        remove(layout.physical(path));
        return true;
    }

    @Override
    public boolean stray(Path entry) throws IOException {
        remove(entry);
        return true;
    }

    private void remove(Path path) throws IOException {
        FileNode node;
        try {
            node = FileNode.read(path);
        } catch (NoSuchFileException _) {
            return;
        }
        if (node.isDirectory()) {
            Interrupts.check();
            for (Path entry : FileTrees.entries(path)) {
                remove(entry);
            }
        } else if (node.isFile()) {
            removeName(node);
        }
    }

    private void removeName(FileNode node) {
        if (node.names() == 1) {
            freed += node.size();
            return;
        }
        Shared file = shared.computeIfAbsent(node.key(), _ -> new Shared(node));
        if (--file.namesLeft == 0) {
            freed += file.size;
        }
    }

    @Override
    public void finish() throws IOException {
        for (Path link : FileTrees.entries(layout.links())) {
            FileNode node = FileNode.read(link);
            Shared file = shared.get(node.key());
            long names = file == null ? node.names() : file.namesLeft;
            if (names == 1 || node.size() < Deduplicator.MIN_SIZE) {
                removeName(node);
            }
        }
    }

    @Override
    public long freed() {
        return freed;
    }
}
