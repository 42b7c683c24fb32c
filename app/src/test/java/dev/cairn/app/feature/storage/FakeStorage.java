// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import dev.cairn.app.fake.FakeProfile;
import dev.cairn.daemon.CollectionResult;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.Root;
import dev.cairn.daemon.StoreGraph;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.path.StorePath;
import dev.cairn.profile.Generation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** A store in memory that holds one item of its own for each generation of a profile, and items that nothing needs. */
final class FakeStorage implements StorageActions {
    private static final long ITEM_SIZE = 1_000_000;

    private final FakeProfile profile;
    private final List<String> unused = new ArrayList<>();
    private boolean unreachable;

    FakeStorage(FakeProfile profile, String... unused) {
        this.profile = profile;
        this.unused.addAll(List.of(unused));
    }

    /** From now on looking at the store fails, or does not any more. */
    void unreachable(boolean now) {
        unreachable = now;
    }

    @Override
    public StorageSnapshot read() throws CairnException {
        if (unreachable) {
            throw new DaemonException.Unavailable(
                    "socket",
                    DaemonException.Unavailable.Reason.ABSENT,
                    "nobody listens",
                    "Start it.",
                    Optional.empty());
        }
        TreeSet<StorePath> paths = new TreeSet<>();
        List<StorageRoot> roots = new ArrayList<>();
        for (Generation generation : profile.generations()) {
            StorePath item = FakeProfile.item("profile-" + generation.number());
            paths.add(item);
            String name = profile.link() + "-" + generation.number() + "-link";
            roots.add(new StorageRoot(Root.Kind.PROFILE, name, item, Optional.of(generation)));
        }
        unused.forEach(name -> paths.add(FakeProfile.item(name)));
        long[] sizes = new long[paths.size()];
        java.util.Arrays.fill(sizes, ITEM_SIZE);
        int[] derivers = new int[paths.size()];
        java.util.Arrays.fill(derivers, -1);
        StoreGraph graph =
                new StoreGraph(List.copyOf(paths), sizes, new int[paths.size() + 1], new int[0], derivers);
        return new StorageSnapshot(graph, roots, 50_000_000_000L);
    }

    @Override
    public CollectionResult preview() throws CairnException {
        List<String> dead = read().deadItems().stream().map(item -> item.path().toString()).toList();
        return new CollectionResult(dead, dead.size() * ITEM_SIZE);
    }

    @Override
    public CollectionResult collect(Collection<Integer> generations, EventSink events) throws CairnException {
        int before = read().deadCount();
        profile.deleteGenerations(generations);
        CollectionResult result = preview();
        unused.clear();
        int deleted = before + generations.size();
        return new CollectionResult(
                result.paths().isEmpty() && deleted == 0 ? List.of() : java.util.Collections.nCopies(deleted, "item"),
                deleted * ITEM_SIZE);
    }
}
