// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import dev.cairn.daemon.StoreGraph;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The items of a store at one moment, sorted by what keeps them. Sizes are NAR sizes: what an item would take
 * without hard links to equal files, so they are estimates of the disk space. Immutable; answers what-if questions in
 * a few milliseconds for tens of thousands of items.
 */
public final class StorageSnapshot {
    private final StoreGraph graph;
    private final Map<StorePath, Integer> numbers;
    private final List<StorageRoot> roots;
    private final BitSet live;
    private final BitSet inUse;
    private final BitSet generations;
    private final long freeDiskBytes;

    /**
     * @param graph all valid items
     * @param roots what keeps items alive
     * @param freeDiskBytes octets free on the store's file system
     */
    public StorageSnapshot(StoreGraph graph, Collection<StorageRoot> roots, long freeDiskBytes) {
        this.graph = graph;
        this.roots = List.copyOf(roots);
        this.freeDiskBytes = freeDiskBytes;
        numbers = HashMap.newHashMap(graph.paths().size());
        for (int i = 0; i < graph.paths().size(); i++) {
            numbers.put(graph.paths().get(i), i);
        }
        inUse = reach(root -> root.isLocked());
        generations = reach(root -> root.generation().isPresent());
        live = reach(_ -> true);
    }

    /** What keeps items alive. */
    public List<StorageRoot> roots() {
        return roots;
    }

    /** Octets of what the current generation and running processes need. */
    public long inUseBytes() {
        return bytes(inUse);
    }

    /** Octets that only earlier generations need. */
    public long oldGenerationBytes() {
        BitSet only = (BitSet) generations.clone();
        only.andNot(inUse);
        return bytes(only);
    }

    /** Octets that neither a generation nor a process needs, but another root does. */
    public long otherRootBytes() {
        BitSet only = (BitSet) live.clone();
        only.andNot(inUse);
        only.andNot(generations);
        return bytes(only);
    }

    /** Octets of items that nothing needs. */
    public long unusedBytes() {
        return bytes(dead());
    }

    public long freeDiskBytes() {
        return freeDiskBytes;
    }

    public int liveCount() {
        return live.cardinality();
    }

    public int deadCount() {
        return graph.paths().size() - liveCount();
    }

    public long liveBytes() {
        return bytes(live);
    }

    /** The items that nothing needs, largest first. */
    public List<SizedItem> deadItems() {
        return items(dead());
    }

    /** What would become unused besides, were these roots removed together. */
    public WhatIf without(Collection<StorageRoot> removed) {
        BitSet rest = reach(root -> !removed.contains(root));
        BitSet freed = (BitSet) live.clone();
        freed.andNot(rest);
        return new WhatIf(freed.cardinality(), bytes(freed), items(freed));
    }

    /** Octets that would become unused were this root alone removed. */
    public long exclusiveBytes(StorageRoot root) {
        return without(List.of(root)).bytes();
    }

    /** An item and the octets of its NAR. */
    public record SizedItem(StorePath path, long bytes) {}

    /** The answer to a what-if question. */
    public record WhatIf(int count, long bytes, List<SizedItem> items) {
        public WhatIf {
            items = List.copyOf(items);
        }
    }

    private BitSet dead() {
        BitSet dead = new BitSet(graph.paths().size());
        dead.set(0, graph.paths().size());
        dead.andNot(live);
        return dead;
    }

    private List<SizedItem> items(BitSet set) {
        List<SizedItem> items = new ArrayList<>(set.cardinality());
        set.stream().forEach(i -> items.add(new SizedItem(graph.paths().get(i), graph.narSizes()[i])));
        items.sort((a, b) ->
                a.bytes() != b.bytes() ? Long.compare(b.bytes(), a.bytes()) : a.path().compareTo(b.path()));
        return items;
    }

    private long bytes(BitSet set) {
        long sum = 0;
        for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
            sum += graph.narSizes()[i];
        }
        return sum;
    }

    /** Marks as the collector does: along references, and from an item to the derivation that made it. */
    private BitSet reach(Predicate<StorageRoot> wanted) {
        int size = graph.paths().size();
        BitSet seen = new BitSet(size);
        int[] stack = new int[size];
        int top = 0;
        for (StorageRoot root : roots) {
            Integer number = numbers.get(root.item());
            if (number != null && wanted.test(root) && !seen.get(number)) {
                seen.set(number);
                stack[top++] = number;
            }
        }
        while (top > 0) {
            int item = stack[--top];
            for (int e = graph.offsets()[item]; e < graph.offsets()[item + 1]; e++) {
                int target = graph.targets()[e];
                if (!seen.get(target)) {
                    seen.set(target);
                    stack[top++] = target;
                }
            }
            int deriver = graph.derivers()[item];
            if (deriver >= 0 && !seen.get(deriver)) {
                seen.set(deriver);
                stack[top++] = deriver;
            }
        }
        return seen;
    }
}
