// SPDX-License-Identifier: Apache-2.0
package dev.cairn.tree;

import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the names of trees. */
final class TreeScan {
    private TreeScan() {}

    /**
     * Reads a tree.
     *
     * @param part whose it is; null for an overlay
     * @param top the entries of {@code tree} that are wanted; the others are left out
     */
    static Node.Directory read(@Nullable Part part, Path tree, Set<String> top) throws IOException {
        Node.Directory root = new Node.Directory(part);
        for (String name : top) {
            Path entry = tree.resolve(name);
            if (FileTrees.exists(entry)) {
                root.entries().put(Path.of(name), node(part, entry, Listing.entry(entry)));
            }
        }
        return root;
    }

    private static Node node(@Nullable Part part, Path file, Listing.Entry entry) throws IOException {
        return switch (entry.kind()) {
            case FILE -> new Node.File(part, file, entry.inode());
            case LINK -> new Node.Link(part, file, entry.inode());
            case DIRECTORY -> {
                Interrupts.check();
                Node.Directory directory = new Node.Directory(part);
                for (Listing.Entry inside : Listing.of(file)) {
                    directory.entries().put(inside.name(), node(part, file.resolve(inside.name()), inside));
                }
                yield directory;
            }
        };
    }
}
