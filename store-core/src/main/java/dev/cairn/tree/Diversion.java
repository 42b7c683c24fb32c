// SPDX-License-Identifier: Apache-2.0
package dev.cairn.tree;

import java.nio.file.Path;

/**
 * A file that has another name in every package but one (dpkg-divert(1)).
 *
 * @param owner the package whose own file keeps the name, without architecture; empty where no package keeps it
 * @param from relative to the tree, such as {@code usr/bin/which}
 * @param to relative to the tree
 */
public record Diversion(String owner, Path from, Path to) {
    public Diversion {
        check(from);
        check(to);
    }

    private static void check(Path path) {
        if (path.isAbsolute() || !path.normalize().equals(path) || path.startsWith("..")) {
            throw new IllegalArgumentException("'" + path + "' is no plain name inside a tree");
        }
    }

    boolean spares(Part part) {
        int colon = part.name().indexOf(':');
        return owner.equals(colon < 0 ? part.name() : part.name().substring(0, colon));
    }
}
