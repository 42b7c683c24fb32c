// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import dev.cairn.error.FormatException;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import dev.cairn.fs.Symlinks;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All packages that some package items (outputs of {@code builtin:debian-package}) need, themselves included.
 *
 * @param contents the contents item of each package, by its name, with {@code :ARCHITECTURE} where it is foreign
 * @param items the package item of each package, whose name is another one whenever anything is that it needs
 */
record Closure(SortedMap<String, StorePath> contents, Map<String, StorePath> items) {
    /**
     * Follows {@code debian/dependencies}.
     *
     * @throws OverlayException when a package is there in two versions, or an item is no package item
     */
    static Closure of(StoreLayout layout, Collection<StorePath> packages)
            throws OverlayException, FormatException, IOException {
        SortedMap<String, StorePath> contents = new TreeMap<>();
        Map<String, StorePath> items = new HashMap<>();
        Set<StorePath> seen = new HashSet<>(packages);
        Deque<StorePath> waiting = new ArrayDeque<>(packages);
        while (!waiting.isEmpty()) {
            Interrupts.check();
            StorePath item = waiting.remove();
            Path folder = layout.physical(item).resolve("debian");
            if (!FileTrees.exists(folder.resolve("contents"))) {
                throw new OverlayException("'" + item + "' is no item of Debian packages");
            }
            for (Path link : FileTrees.entries(folder.resolve("contents"))) {
                StorePath target = target(layout, link);
                items.put(link.getFileName().toString(), item);
                StorePath other = contents.put(link.getFileName().toString(), target);
                if (other != null && !other.equals(target)) {
                    throw new OverlayException("the package '" + link.getFileName() + "' is needed in two versions: '"
                            + other + "' and '" + target + "'");
                }
            }
            for (Path link : FileTrees.entries(folder.resolve("dependencies"))) {
                StorePath target = target(layout, link);
                if (seen.add(target)) {
                    waiting.add(target);
                }
            }
        }
        return new Closure(contents, items);
    }

    private static StorePath target(StoreLayout layout, Path link) throws FormatException, IOException {
        return layout.storeDirectory().parse(new String(Symlinks.read(link), StandardCharsets.ISO_8859_1));
    }
}
