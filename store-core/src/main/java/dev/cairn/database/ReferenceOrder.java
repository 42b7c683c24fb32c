// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.path.StorePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Orders items so that each comes after those it refers to. Self references are no obstacle. */
final class ReferenceOrder {
    private record Visit(PathInfo item, Iterator<StorePath> references) {
        Visit(PathInfo item) {
            this(item, item.references().iterator());
        }
    }

    private ReferenceOrder() {}

    /**
     * Makes sure that there is such an order.
     *
     * @throws DaemonException.Refused when items refer to each other in a circle
     */
    static void check(Collection<PathInfo> items) throws DaemonException {
        sort(items);
    }

    /** The items in such an order; references to others are left out of account. */
    static List<PathInfo> sort(Collection<PathInfo> items) throws DaemonException {
        Map<StorePath, PathInfo> byPath = HashMap.newHashMap(items.size());
        items.forEach(item -> byPath.put(item.path(), item));
        List<PathInfo> sorted = new ArrayList<>(items.size());
        Set<StorePath> done = HashSet.newHashSet(items.size());
        for (PathInfo item : items) {
            if (!done.contains(item.path())) {
                visit(item, byPath, done, sorted);
            }
        }
        return sorted;
    }

    /** Depth first with a stack of its own, because chains of references can be longer than a thread's stack. */
    private static void visit(
            PathInfo start, Map<StorePath, PathInfo> items, Set<StorePath> done, List<PathInfo> sorted)
            throws DaemonException {
        Deque<Visit> stack = new ArrayDeque<>();
        Set<StorePath> open = new LinkedHashSet<>();
        stack.push(new Visit(start));
        open.add(start.path());
        while (!stack.isEmpty()) {
            Visit visit = stack.peek();
            if (visit.references().hasNext()) {
                PathInfo reference = items.get(visit.references().next());
                if (reference == null || reference == visit.item() || done.contains(reference.path())) {
                    continue;
                }
                if (!open.add(reference.path())) {
                    throw cycle(open, reference.path());
                }
                stack.push(new Visit(reference));
            } else {
                stack.pop();
                open.remove(visit.item().path());
                done.add(visit.item().path());
                sorted.add(visit.item());
            }
        }
    }

    private static DaemonException cycle(Set<StorePath> open, StorePath again) {
        List<String> names = new ArrayList<>();
        open.stream().dropWhile(path -> !path.equals(again)).forEach(path -> names.add(path.toString()));
        return new DaemonException.Refused(
                "these items refer to each other in a circle: " + String.join(" -> ", names) + " -> " + again,
                Optional.of("Move what they share into one of them, or into an output of its own."));
    }
}
