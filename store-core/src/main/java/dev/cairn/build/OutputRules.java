// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.derivation.Derivation;
import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a derivation says its outputs may refer to (daemon, section 8.6), and the rule that outputs must not refer to
 * each other in a circle.
 */
final class OutputRules {
    private final Derivation derivation;
    private final StoreDirectory store;

    /** References of everything in the closure of the inputs and of the outputs. */
    private final Map<StorePath, SortedSet<StorePath>> references;

    OutputRules(
            Derivation derivation,
            StoreDirectory store,
            Collection<PathInfo> inputs,
            Map<StorePath, SortedSet<StorePath>> outputs) {
        this.derivation = derivation;
        this.store = store;
        this.references = new TreeMap<>(outputs);
        inputs.forEach(input -> references.putIfAbsent(input.path(), input.references()));
    }

    /** The reason why an output is rejected, if it is. */
    Optional<String> objection(StorePath output) throws DaemonException {
        SortedSet<StorePath> direct = references.getOrDefault(output, new TreeSet<>());
        SortedSet<StorePath> closure = closure(direct);
        Optional<String> objection = notAllowed(output, "allowedReferences", direct, true);
        if (objection.isEmpty()) {
            objection = notAllowed(output, "disallowedReferences", direct, false);
        }
        if (objection.isEmpty()) {
            objection = notAllowed(output, "allowedRequisites", closure, true);
        }
        if (objection.isEmpty()) {
            objection = notAllowed(output, "disallowedRequisites", closure, false);
        }
        return objection;
    }

    private Optional<String> notAllowed(
            StorePath output, String variable, SortedSet<StorePath> used, boolean listed) throws DaemonException {
        String value = derivation.environment().get(variable);
        if (value == null) {
            return Optional.empty();
        }
        Set<StorePath> named = new TreeSet<>();
        for (String word : Words.of(value)) {
            named.add(path(word));
        }
        return used.stream()
                .filter(reference -> named.contains(reference) != listed)
                .findFirst()
                .map(reference -> "output '" + output + "' is not allowed to refer to path '" + reference + "' ("
                        + variable + ")");
    }

    private StorePath path(String word) throws DaemonException {
        if (derivation.outputs().containsKey(word)) {
            return derivation.outputs().get(word).path().orElseThrow();
        }
        try {
            return store.parse(word);
        } catch (FormatException _) {
            throw new DaemonException.Refused(
                    "derivation contains an invalid reference specifier '" + word + "'",
                    Optional.of("It must be a store path or the name of one of the derivation's outputs."));
        }
    }

    private SortedSet<StorePath> closure(SortedSet<StorePath> start) {
        SortedSet<StorePath> seen = new TreeSet<>(start);
        Deque<StorePath> ahead = new ArrayDeque<>(start);
        while (!ahead.isEmpty()) {
            for (StorePath next : references.getOrDefault(ahead.pop(), new TreeSet<>())) {
                if (seen.add(next)) {
                    ahead.push(next);
                }
            }
        }
        return seen;
    }

    /** An output that refers to itself by way of another one, if any does. */
    static Optional<StorePath> cycle(SortedMap<StorePath, SortedSet<StorePath>> outputs) {
        for (StorePath start : outputs.keySet()) {
            Set<StorePath> seen = new TreeSet<>();
            Deque<StorePath> ahead = new ArrayDeque<>();
            ahead.push(start);
            while (!ahead.isEmpty()) {
                StorePath at = ahead.pop();
                for (StorePath next : outputs.getOrDefault(at, new TreeSet<>())) {
                    if (next.equals(start) && !at.equals(start)) {
                        return Optional.of(start);
                    }
                    if (!next.equals(at) && seen.add(next)) {
                        ahead.push(next);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
