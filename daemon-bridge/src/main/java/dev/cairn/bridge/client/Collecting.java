// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.CollectionResult;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.Root;
import dev.cairn.event.Activities;
import dev.cairn.fs.FileTrees;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Collects garbage by a daemon, and finds out what the protocol does not tell. For one request. */
final class Collecting {
    private static final int HARD_LINKED = 2;

    /** Asks the daemon to collect, while this session's own temporary roots do not count. */
    @FunctionalInterface
    interface Asking {
        Requests.Collected collect(CollectionRequest request) throws RemoteFailure, DaemonException;
    }

    /** Gives what keeps items alive. */
    @FunctionalInterface
    interface Roots {
        List<Root> roots() throws DaemonException;
    }

    /** Gives the valid items that refer to one. */
    @FunctionalInterface
    interface Referrers {
        Collection<StorePath> of(StorePath path) throws DaemonException;
    }

    private final StoreLayout layout;
    private final Asking asking;
    private final Roots roots;
    private final Referrers referrers;

    Collecting(StoreLayout layout, Asking asking, Roots roots, Referrers referrers) {
        this.layout = layout;
        this.asking = asking;
        this.roots = roots;
        this.referrers = referrers;
    }

    CollectionResult collect(CollectionRequest request, Activities.Activity activity)
            throws RemoteFailure, DaemonException {
        return switch (request.action()) {
            case LIST_LIVE, LIST_DEAD -> list(request);
            case DELETE_DEAD -> {
                if (request.limit().equals(OptionalLong.of(0))) {
                    yield new CollectionResult(List.of(), 0);
                }
                yield request.dryRun() ? preview(request.limit(), dead()) : delete(request, activity);
            }
            case DELETE_SPECIFIC -> {
                requireDead(request.paths());
                // Nix's daemons delete what refers to an item only where that is named too.
                Set<StorePath> going = withReferrers(request.paths());
                yield request.dryRun()
                        ? preview(OptionalLong.empty(), going.stream().map(StorePath::toString).toList())
                        : delete(CollectionRequest.deleteSpecific(going, false), activity);
            }
        };
    }

    private CollectionResult list(CollectionRequest request) throws RemoteFailure, DaemonException {
        return sorted(asking.collect(request).paths(), 0);
    }

    private CollectionResult delete(CollectionRequest request, Activities.Activity activity)
            throws RemoteFailure, DaemonException {
        Requests.Collected collected = asking.collect(request);
        activity.progress(collected.bytes(), OptionalLong.empty());
        return sorted(collected.paths(), collected.bytes());
    }

    private List<String> dead() throws RemoteFailure, DaemonException {
        return asking.collect(CollectionRequest.listDead()).paths();
    }

    private Set<StorePath> withReferrers(Collection<StorePath> paths) throws DaemonException {
        Set<StorePath> all = new LinkedHashSet<>();
        Deque<StorePath> next = new ArrayDeque<>(paths);
        while (!next.isEmpty()) {
            StorePath path = next.pop();
            if (all.add(path)) {
                next.addAll(referrers.of(path));
            }
        }
        return all;
    }

    /** What files take that nothing else has links to, apart from the store's own folder of equal files. */
    private CollectionResult preview(OptionalLong limit, Collection<String> names) throws DaemonException {
        List<String> going = new ArrayList<>();
        long bytes = 0;
        for (String name : new TreeSet<>(names)) {
            if (limit.isPresent() && bytes > limit.getAsLong()) {
                break;
            }
            Path file = layout.physical(name);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                going.add(name);
                bytes += size(file);
            }
        }
        return new CollectionResult(going, bytes);
    }

    private static long size(Path file) throws DaemonException {
        try {
            Map<String, Object> attributes =
                    Files.readAttributes(file, "unix:nlink,size,isDirectory", LinkOption.NOFOLLOW_LINKS);
            if (attributes.get("isDirectory").equals(true)) {
                long sum = 0;
                for (Path entry : FileTrees.entries(file)) {
                    sum += size(entry);
                }
                return sum;
            }
            return (int) attributes.get("nlink") <= HARD_LINKED ? (long) attributes.get("size") : 0;
        } catch (IOException e) {
            throw DaemonException.of("looking at '" + file + "'", e);
        }
    }

    /** Daemons delete what comes before a live item; here all or nothing goes. */
    private void requireDead(Set<StorePath> paths) throws RemoteFailure, DaemonException {
        Set<String> live = Set.copyOf(asking.collect(CollectionRequest.listLive()).paths());
        for (StorePath path : paths) {
            if (live.contains(path.toString())) {
                throw alive(path);
            }
        }
    }

    private DaemonException alive(StorePath path) throws DaemonException {
        Map<StorePath, Root> byItem = new HashMap<>();
        roots.roots().forEach(root -> byItem.putIfAbsent(root.item(), root));
        Map<StorePath, Optional<StorePath>> below = new HashMap<>();
        Deque<StorePath> next = new ArrayDeque<>();
        below.put(path, Optional.empty());
        next.add(path);
        while (!next.isEmpty()) {
            StorePath item = next.poll();
            Root root = byItem.get(item);
            if (root != null) {
                return new DaemonException.StillAlive(path, root, chain(item, below));
            }
            for (StorePath referrer : referrers.of(item)) {
                if (below.putIfAbsent(referrer, Optional.of(item)) == null) {
                    next.add(referrer);
                }
            }
        }
        Root unknown = new Root(Root.Kind.PROCESS, "a process, or another client of the daemon", path);
        return new DaemonException.StillAlive(path, unknown, List.of(path));
    }

    private static List<StorePath> chain(StorePath from, Map<StorePath, Optional<StorePath>> below) {
        List<StorePath> chain = new ArrayList<>();
        for (Optional<StorePath> item = Optional.of(from); item.isPresent(); item = below.get(item.get())) {
            chain.add(item.get());
        }
        return chain;
    }

    private static CollectionResult sorted(Collection<String> names, long bytes) {
        return new CollectionResult(List.copyOf(new TreeSet<>(names)), bytes);
    }
}
