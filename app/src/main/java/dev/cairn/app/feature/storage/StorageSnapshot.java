// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import dev.cairn.daemon.StoreGraph;
import dev.cairn.graph.Digraph;
import dev.cairn.graph.RootClasses;
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
    private final StoreGraph store;
    private final List<StorageRoot> roots;
    private final RootClasses classes;
    private final BitSet live;
    private final BitSet inUse;
    private final BitSet generations;
    private final long freeDiskBytes;

    /**
     * @param store all valid items
     * @param roots what keeps items alive; those of items that are not valid keep nothing
     * @param freeDiskBytes octets free on the store's file system
     */
    public StorageSnapshot(StoreGraph store, Collection<StorageRoot> roots, long freeDiskBytes) {
        this.store = store;
        this.freeDiskBytes = freeDiskBytes;
        Map<StorePath, Integer> numbers = HashMap.newHashMap(store.paths().size());
        for (int i = 0; i < store.paths().size(); i++) {
            numbers.put(store.paths().get(i), i);
        }
        this.roots = roots.stream().filter(root -> numbers.containsKey(root.item())).toList();
        int[] items = this.roots.stream().mapToInt(root -> numbers.get(root.item())).toArray();
        classes = RootClasses.of(needs(store), items, store.narSizes());
        live = keptBy(_ -> true);
        inUse = keptBy(StorageRoot::isLocked);
        generations = keptBy(root -> root.generation().isPresent());
    }

    /** As the collector marks: along references, and from an item to the derivation that made it. */
    private static Digraph needs(StoreGraph store) {
        Digraph.Builder needs = Digraph.builder(store.paths().size());
        for (int item = 0; item < store.paths().size(); item++) {
            for (int edge = store.offsets()[item]; edge < store.offsets()[item + 1]; edge++) {
                needs.edge(item, store.targets()[edge]);
            }
            if (store.derivers()[item] >= 0) {
                needs.edge(item, store.derivers()[item]);
            }
        }
        return needs.build();
    }

    private BitSet keptBy(Predicate<StorageRoot> wanted) {
        BitSet chosen = numbers(wanted);
        BitSet kept = new BitSet(store.paths().size());
        for (int item = 0; item < store.paths().size(); item++) {
            if (classes.rootsOf(item).intersects(chosen)) {
                kept.set(item);
            }
        }
        return kept;
    }

    private BitSet numbers(Predicate<StorageRoot> wanted) {
        BitSet chosen = new BitSet(roots.size());
        for (int i = 0; i < roots.size(); i++) {
            chosen.set(i, wanted.test(roots.get(i)));
        }
        return chosen;
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
        return store.paths().size() - liveCount();
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
        BitSet chosen = numbers(removed::contains);
        RootClasses.Freed freed = classes.without(chosen);
        return new WhatIf(freed.nodes(), freed.size(), items(classes.nodesWithout(chosen)));
    }

    /** Octets that would become unused were this root alone removed. */
    public long exclusiveBytes(StorageRoot root) {
        return classes.without(numbers(root::equals)).size();
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
        BitSet dead = new BitSet(store.paths().size());
        dead.set(0, store.paths().size());
        dead.andNot(live);
        return dead;
    }

    private List<SizedItem> items(BitSet set) {
        List<SizedItem> items = new ArrayList<>(set.cardinality());
        set.stream().forEach(i -> items.add(new SizedItem(store.paths().get(i), store.narSizes()[i])));
        items.sort((a, b) ->
                a.bytes() != b.bytes() ? Long.compare(b.bytes(), a.bytes()) : a.path().compareTo(b.path()));
        return items;
    }

    private long bytes(BitSet set) {
        long sum = 0;
        for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
            sum += store.narSizes()[i];
        }
        return sum;
    }
}
