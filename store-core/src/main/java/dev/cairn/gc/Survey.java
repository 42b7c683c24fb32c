// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.Root;
import dev.cairn.daemon.StoreGraph;
import dev.cairn.database.StoreDatabase;
import dev.cairn.fs.FileTrees;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is in a store at one moment, and what of it is live. Taken while nobody can add roots, after the roots were
 * read: whatever becomes valid later was among the temporary roots before.
 */
final class Survey {
    private final StoreLayout layout;
    private final List<Root> roots;

    /** The temporary roots by base name. */
    private final Map<String, Root> temporary = new HashMap<>();

    private final StoreGraph graph;
    private final Marking marking;

    private Survey(StoreLayout layout, List<Root> roots, StoreGraph graph, Marking marking) {
        this.layout = layout;
        this.roots = roots;
        this.graph = graph;
        this.marking = marking;
        roots.stream()
                .filter(root -> root.kind() == Root.Kind.TEMPORARY)
                .forEach(root -> temporary.putIfAbsent(root.item().baseName(), root));
    }

    /** @param roots in the order in which they are named as the reason for something to be live */
    static Survey of(StoreLayout layout, StoreDatabase database, List<Root> roots, Keeping keeping)
            throws DaemonException {
        StoreGraph graph = database.graph();
        boolean outputs = Marking.needsOutputs(graph, keeping);
        int[] outputEdges = outputs ? database.outputEdges(graph) : new int[0];
        int[] numbers = roots.stream()
                .mapToInt(root -> number(graph, root.item()))
                .filter(number -> number >= 0)
                .toArray();
        return new Survey(
                layout, roots, graph, new Marking(graph, numbers, outputEdges, keeping));
    }

    StoreGraph graph() {
        return graph;
    }

    boolean isLive(int item) {
        return marking.isLive(item);
    }

    int number(StorePath path) {
        return number(graph, path);
    }

    private static int number(StoreGraph graph, StorePath path) {
        return Math.max(-1, Collections.binarySearch(graph.paths(), path));
    }

    /** The items that are live, or those that are dead, in ascending order. */
    List<Integer> items(boolean live) {
        List<Integer> items = new ArrayList<>();
        for (int i = 0; i < graph.paths().size(); i++) {
            if (marking.isLive(i) == live) {
                items.add(i);
            }
        }
        return items;
    }

    /** Why a live item is live. */
    DaemonException.StillAlive reason(StorePath path, int number) {
        List<StorePath> chain =
                marking.chain(number).stream().map(graph.paths()::get).toList();
        Root root = rootOf(chain.getFirst()).orElseThrow();
        return new DaemonException.StillAlive(path, root, chain);
    }

    private Optional<Root> rootOf(StorePath item) {
        return roots.stream().filter(root -> root.item().equals(item)).findFirst();
    }

    /**
     * Whether a name in the store directory that is no valid item must stay: what is being made right now, its lock and
     * its build folder.
     */
    Optional<Root> protector(String name) {
        for (String ending : List.of("", ".lock", ".chroot")) {
            if (name.endsWith(ending)) {
                String base = name.substring(0, name.length() - ending.length());
                Root root = temporary.get(base);
                if (root != null) {
                    return Optional.of(root);
                }
            }
        }
        return Optional.empty();
    }

    /** The entries of the store directory that are garbage without being items, in ascending order. */
    List<Path> strays() throws IOException {
        Set<String> valid = HashSet.newHashSet(graph.paths().size());
        graph.paths().forEach(path -> valid.add(path.baseName()));
        valid.add(".links");
        valid.add("trash");
        List<Path> strays = new ArrayList<>();
        for (Path entry : FileTrees.entries(layout.physicalStore())) {
            String name = entry.getFileName().toString();
            if (!valid.contains(name) && protector(name).isEmpty()) {
                strays.add(entry);
            }
        }
        Collections.sort(strays);
        return strays;
    }
}
