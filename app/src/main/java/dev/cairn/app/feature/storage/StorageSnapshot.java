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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The items of a store at one moment, sorted by what keeps them. Sizes are NAR sizes: what an item would take
 * without hard links to equal files, so they are estimates of the disk space. Immutable; answers what-if questions in
 * a few milliseconds for tens of thousands of items. Making one takes longer and is for threads for work.
 */
public final class StorageSnapshot {
    private final StoreGraph store;
    private final List<StorageRoot> roots;
    private final RootClasses classes;
    private final Keeper[] keepers;
    private final long[] bytes = new long[Keeper.values().length];
    private final int[] counts = new int[Keeper.values().length];
    private final Map<StorageRoot, Long> exclusive;
    private final List<SizedItem> items;
    private final List<SizedItem> dead;
    private final StorageMap map;
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
        int[] held = this.roots.stream().mapToInt(root -> numbers.get(root.item())).toArray();
        classes = RootClasses.of(needs(store), held, store.narSizes());
        keepers = findKeepers();
        for (int item = 0; item < keepers.length; item++) {
            bytes[keepers[item].ordinal()] += store.narSizes()[item];
            counts[keepers[item].ordinal()]++;
        }
        exclusive = findExclusive();
        BitSet all = new BitSet(keepers.length);
        all.set(0, keepers.length);
        items = items(all);
        dead = items.stream().filter(item -> item.keeper() == Keeper.UNUSED).toList();
        map = StorageMap.of(items);
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

    private Keeper[] findKeepers() {
        BitSet inUse = numbers(StorageRoot::isLocked);
        BitSet generations = numbers(root -> root.generation().isPresent());
        // Items of one class share their set of roots.
        Map<BitSet, Keeper> known = new IdentityHashMap<>();
        Keeper[] found = new Keeper[store.paths().size()];
        for (int item = 0; item < found.length; item++) {
            found[item] = known.computeIfAbsent(classes.rootsOf(item), held -> {
                if (held.intersects(inUse)) {
                    return Keeper.IN_USE;
                }
                if (held.intersects(generations)) {
                    return Keeper.GENERATIONS;
                }
                return held.isEmpty() ? Keeper.UNUSED : Keeper.ROOTS;
            });
        }
        return found;
    }

    private Map<StorageRoot, Long> findExclusive() {
        Map<StorageRoot, Long> found = new HashMap<>();
        for (RootClasses.RootClass one : classes.classes()) {
            if (one.roots().cardinality() == 1) {
                found.put(roots.get(one.roots().nextSetBit(0)), one.size());
            }
        }
        return Map.copyOf(found);
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
        return bytes[Keeper.IN_USE.ordinal()];
    }

    /** Octets that only earlier generations need. */
    public long oldGenerationBytes() {
        return bytes[Keeper.GENERATIONS.ordinal()];
    }

    /** Octets that neither a generation nor a process needs, but another root does. */
    public long otherRootBytes() {
        return bytes[Keeper.ROOTS.ordinal()];
    }

    /** Octets of items that nothing needs. */
    public long unusedBytes() {
        return bytes[Keeper.UNUSED.ordinal()];
    }

    public long freeDiskBytes() {
        return freeDiskBytes;
    }

    public int liveCount() {
        return keepers.length - deadCount();
    }

    public int deadCount() {
        return counts[Keeper.UNUSED.ordinal()];
    }

    public long liveBytes() {
        return inUseBytes() + oldGenerationBytes() + otherRootBytes();
    }

    /** All items, largest first. */
    public List<SizedItem> items() {
        return items;
    }

    /** The items that nothing needs, largest first. */
    public List<SizedItem> deadItems() {
        return dead;
    }

    /** All items as cells to be drawn. */
    StorageMap map() {
        return map;
    }

    /** The roots that keep an item, directly or through others. */
    public List<StorageRoot> rootsOf(SizedItem item) {
        return classes.rootsOf(item.number()).stream().mapToObj(roots::get).toList();
    }

    /** What would become unused besides, were these roots removed together. */
    public WhatIf without(Collection<StorageRoot> removed) {
        BitSet chosen = numbers(removed::contains);
        RootClasses.Freed freed = classes.without(chosen);
        return new WhatIf(freed.nodes(), freed.size(), items(classes.nodesWithout(chosen)));
    }

    /** The octets of {@link #without}. */
    public long bytesWithout(Collection<StorageRoot> removed) {
        return classes.without(numbers(removed::contains)).size();
    }

    /** The numbers of the items of {@link #without}. */
    public BitSet numbersWithout(Collection<StorageRoot> removed) {
        return removed.isEmpty() ? new BitSet() : classes.nodesWithout(numbers(removed::contains));
    }

    /** Octets that would become unused were this root alone removed. */
    public long exclusiveBytes(StorageRoot root) {
        return exclusive.getOrDefault(root, 0L);
    }

    /**
     * An item and the octets of its NAR.
     *
     * @param number within this snapshot
     */
    public record SizedItem(int number, StorePath path, long bytes, Keeper keeper) {}

    /** The answer to a what-if question. */
    public record WhatIf(int count, long bytes, List<SizedItem> items) {
        public WhatIf {
            items = List.copyOf(items);
        }
    }

    private List<SizedItem> items(BitSet set) {
        List<SizedItem> found = new ArrayList<>(set.cardinality());
        set.stream().forEach(i ->
                found.add(new SizedItem(i, store.paths().get(i), store.narSizes()[i], keepers[i])));
        found.sort((a, b) ->
                a.bytes() != b.bytes() ? Long.compare(b.bytes(), a.bytes()) : Integer.compare(a.number(), b.number()));
        return List.copyOf(found);
    }
}
