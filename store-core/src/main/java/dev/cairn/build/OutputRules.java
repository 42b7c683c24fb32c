// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

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

    /** @throws BuildError when the output refers to something that it must not */
    void check(StorePath output) throws BuildError {
        SortedSet<StorePath> direct = references.getOrDefault(output, new TreeSet<>());
        check(output, "allowedReferences", direct, true);
        check(output, "disallowedReferences", direct, false);
        if (derivation.environment().containsKey("allowedRequisites")
                || derivation.environment().containsKey("disallowedRequisites")) {
            SortedSet<StorePath> closure = closure(direct);
            check(output, "allowedRequisites", closure, true);
            check(output, "disallowedRequisites", closure, false);
        }
    }

    private void check(StorePath output, String variable, SortedSet<StorePath> used, boolean listed)
            throws BuildError {
        String value = derivation.environment().get(variable);
        if (value == null) {
            return;
        }
        Set<StorePath> named = new TreeSet<>();
        for (String word : Words.of(value)) {
            named.add(path(word));
        }
        for (StorePath reference : used) {
            if (named.contains(reference) != listed) {
                throw BuildError.rejected(
                        "output (`" + output + "') is not allowed to refer to path `" + reference + "'",
                        "output '" + output + "' is not allowed to refer to path '" + reference + "' (" + variable
                                + ")");
            }
        }
    }

    private StorePath path(String word) throws BuildError {
        if (derivation.outputs().containsKey(word)) {
            return derivation.outputs().get(word).path().orElseThrow();
        }
        try {
            return store.parse(word);
        } catch (FormatException _) {
            throw BuildError.rejected(
                    "derivation contains an invalid reference specifier `" + word + "'",
                    "derivation contains an invalid reference specifier '" + word
                            + "', neither a store path nor the name of one of its outputs");
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
