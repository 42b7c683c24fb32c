// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.StoreGraph;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Questions about many items, which the protocol knows only one by one: they are asked over several connections side by
 * side.
 */
final class Bulk {
    /** So many items are sooner asked for than the graph is read. */
    private static final int FEW = 1000;

    private final Links links;
    private final StoreDirectory store;

    private final GraphSource source;

    /** @param source asked first for what concerns all items */
    Bulk(Links links, StoreDirectory store, GraphSource source) {
        this.links = links;
        this.store = store;
        this.source = source;
    }

    /** What is known of one item; empty when it is not valid. */
    Optional<PathInfo> pathInfo(StorePath path) throws DaemonException {
        try {
            return links.query(link -> new Requests(store, link).pathInfo(path));
        } catch (RemoteFailure e) {
            if (Failures.notValid(e, store).isPresent()) {
                return Optional.empty();
            }
            throw Failures.of(e, store);
        }
    }

    /** What is known of those of {@code paths} that are valid. */
    Map<StorePath, PathInfo> pathInfos(Collection<StorePath> paths) throws DaemonException {
        Map<StorePath, PathInfo> infos = new ConcurrentHashMap<>();
        Queue<StorePath> waiting = new ConcurrentLinkedQueue<>(paths);
        int abreast = Math.min(Links.ABREAST, paths.size());
        if (abreast <= 1) {
            ask(waiting, infos);
            return infos;
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> tasks = new ArrayList<>();
            for (int i = 0; i < abreast; i++) {
                tasks.add(executor.submit(() -> {
                    ask(waiting, infos);
                    return null;
                }));
            }
            try {
                for (Future<?> task : tasks) {
                    task.get();
                }
            } catch (InterruptedException _) {
                executor.shutdownNow();
                Thread.currentThread().interrupt();
                throw new DaemonException.Cancelled();
            } catch (ExecutionException e) {
                executor.shutdownNow();
                throw unwrapped(e);
            }
        }
        return infos;
    }

    private void ask(Queue<StorePath> waiting, Map<StorePath, PathInfo> infos) throws DaemonException {
        for (StorePath path = waiting.poll(); path != null; path = waiting.poll()) {
            StorePath asked = path;
            pathInfo(asked).ifPresent(info -> infos.put(asked, info));
        }
    }

    private static DaemonException unwrapped(ExecutionException e) {
        if (e.getCause() instanceof DaemonException cause) {
            return cause;
        }
        throw new IllegalStateException(e.getCause());
    }

    /** The closure of {@code paths}, referenced items before their referrers. */
    List<PathInfo> requisites(Collection<StorePath> paths) throws DaemonException {
        Map<StorePath, PathInfo> known = new HashMap<>();
        Set<StorePath> next = new TreeSet<>(paths);
        while (!next.isEmpty()) {
            Map<StorePath, PathInfo> infos = pathInfos(next);
            for (StorePath path : next) {
                if (!infos.containsKey(path)) {
                    throw new DaemonException.NotValid(path);
                }
            }
            known.putAll(infos);
            next = new TreeSet<>();
            for (PathInfo info : infos.values()) {
                next.addAll(info.references());
            }
            next.removeAll(known.keySet());
        }
        return ordered(known, new TreeSet<>(paths));
    }

    private record Visit(PathInfo info, Iterator<StorePath> references) {}

    private static List<PathInfo> ordered(Map<StorePath, PathInfo> known, Collection<StorePath> from) {
        List<PathInfo> ordered = new ArrayList<>();
        Set<StorePath> seen = new HashSet<>();
        Deque<Visit> open = new ArrayDeque<>();
        for (StorePath start : from) {
            visit(start, known, seen, open);
            while (!open.isEmpty()) {
                Visit visit = open.peek();
                if (visit.references.hasNext()) {
                    visit(visit.references.next(), known, seen, open);
                } else {
                    ordered.add(open.pop().info);
                }
            }
        }
        return ordered;
    }

    private static void visit(
            StorePath path, Map<StorePath, PathInfo> known, Set<StorePath> seen, Deque<Visit> open) {
        PathInfo info = known.get(path);
        if (info != null && seen.add(path)) {
            open.push(new Visit(info, info.references().iterator()));
        }
    }

    /** All items; one that goes or comes while they are asked for may be left out. */
    StoreGraph graph() throws DaemonException {
        Optional<StoreGraph> read = source.read();
        return read.isPresent() ? read.get() : askedGraph();
    }

    private StoreGraph askedGraph() throws DaemonException {
        Collection<StorePath> all;
        try {
            all = links.query(link -> new Requests(store, link).allPaths());
        } catch (RemoteFailure e) {
            throw Failures.of(e, store);
        }
        Map<StorePath, PathInfo> infos = pathInfos(all);
        List<StorePath> paths = List.copyOf(new TreeSet<>(infos.keySet()));
        Map<StorePath, Integer> numbers = new HashMap<>();
        for (StorePath path : paths) {
            numbers.put(path, numbers.size());
        }
        long[] sizes = new long[paths.size()];
        int[] derivers = new int[paths.size()];
        int[] offsets = new int[paths.size() + 1];
        int[] targets = new int[Math.max(16, paths.size() * 4)];
        for (int i = 0; i < paths.size(); i++) {
            PathInfo info = infos.get(paths.get(i));
            sizes[i] = info.narSize();
            derivers[i] = info.deriver().map(numbers::get).orElse(-1);
            int end = offsets[i];
            for (StorePath reference : info.references()) {
                Integer number = numbers.get(reference);
                if (number != null) {
                    if (end == targets.length) {
                        targets = Arrays.copyOf(targets, 2 * end);
                    }
                    targets[end++] = number;
                }
            }
            offsets[i + 1] = end;
        }
        return new StoreGraph(paths, sizes, offsets, Arrays.copyOf(targets, offsets[paths.size()]), derivers);
    }
}
