// SPDX-License-Identifier: Apache-2.0
package dev.cairn.tree;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a tree has under one name, in memory. Names are {@link Path} values because those keep any octets. */
sealed interface Node {
    /** The package it came from first; null for what lies over all packages. */
    @Nullable Part part();

    /** A regular file; {@code source} is where the store has it, as the inode of this number. */
    record File(@Nullable Part part, Path source, long inode) implements Node {}

    /** A symlink; {@code source} is where the store has it, as the inode of this number. */
    record Link(@Nullable Part part, Path source, long inode) implements Node {}

    /** A directory, changed while trees are merged. */
    record Directory(@Nullable Part part, Map<Path, Node> entries) implements Node {
        Directory(@Nullable Part part) {
            this(part, new HashMap<>());
        }

        /** What has the relative name {@code path}, symlinks not followed; the empty path is the directory itself. */
        @Nullable Node find(Path path) {
            if (path.toString().isEmpty()) {
                return this;
            }
            Node reached = this;
            for (Path name : path) {
                if (!(reached instanceof Directory(_, Map<Path, Node> entries))) {
                    return null;
                }
                reached = entries.get(name);
            }
            return reached;
        }
    }
}
