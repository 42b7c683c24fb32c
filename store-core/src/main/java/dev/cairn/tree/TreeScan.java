// SPDX-License-Identifier: Apache-2.0
package dev.cairn.tree;

import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
                root.entries().put(Path.of(name), node(part, entry));
            }
        }
        return root;
    }

    private static Node node(@Nullable Part part, Path file) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isRegularFile()) {
            return new Node.File(part, file);
        }
        if (attributes.isSymbolicLink()) {
            return new Node.Link(part, file);
        }
        if (!attributes.isDirectory()) {
            throw new FileSystemException(
                    file.toString(), null, "only regular files, directories and symlinks can be in a tree");
        }
        Interrupts.check();
        Node.Directory directory = new Node.Directory(part);
        for (Path entry : FileTrees.entries(file)) {
            directory.entries().put(entry.getFileName(), node(part, entry));
        }
        return directory;
    }
}
