// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts reasons into an order in which they can be read: what was asked for, what that needs, and what that needs; then
 * what stands against each other. What is the same for several versions of a package is one group.
 */
record ReasonOrder(List<Explanation.Part> parts) {
    List<List<Reason>> groups() {
        Map<Object, List<Reason>> groups = new LinkedHashMap<>();
        follow(groups, Reason.Wanted.class);
        follow(groups, Reason.Essential.class);
        for (Explanation.Part part : parts) {
            add(groups, part.reason());
        }
        Collection<List<Reason>> ordered = new ArrayList<>();
        groups.values().stream().filter(group -> !isAgainst(group.getFirst())).forEach(ordered::add);
        groups.values().stream().filter(group -> isAgainst(group.getFirst())).forEach(ordered::add);
        return List.copyOf(ordered);
    }

    private static boolean isAgainst(Reason reason) {
        return reason instanceof Reason.Clash || reason instanceof Reason.OneOf;
    }

    /** Adds reasons of a kind, and the needs of whatever they lead to. */
    private void follow(Map<Object, List<Reason>> groups, Class<? extends Reason> kind) {
        Deque<Explanation.Part> waiting = new ArrayDeque<>();
        parts.stream().filter(part -> kind.isInstance(part.reason())).forEach(waiting::add);
        Set<Explanation.Part> seen = new HashSet<>(waiting);
        while (!waiting.isEmpty()) {
            Explanation.Part part = waiting.remove();
            add(groups, part.reason());
            for (Candidate option : part.options()) {
                for (Explanation.Part next : parts) {
                    if (next.reason() instanceof Reason.Needs(Candidate owner, _)
                            && owner.equals(option)
                            && seen.add(next)) {
                        waiting.add(next);
                    }
                }
            }
        }
    }

    private static void add(Map<Object, List<Reason>> groups, Reason reason) {
        List<Reason> group = groups.computeIfAbsent(topic(reason), _ -> new ArrayList<>());
        if (!group.contains(reason)) {
            group.add(reason);
        }
    }

    private static Object topic(Reason reason) {
        return switch (reason) {
            case Reason.Wanted wanted -> wanted;
            case Reason.Essential essential -> essential;
            case Reason.Needs(Candidate owner, var dependency) -> List.of(owner.name(), dependency);
            case Reason.Clash(Candidate owner, var relation, boolean breaks, _) ->
                List.of(owner.name(), relation, breaks);
            case Reason.OneOf(Candidate one, _, Reason.Kind kind) -> List.of(one.name(), kind);
        };
    }
}
