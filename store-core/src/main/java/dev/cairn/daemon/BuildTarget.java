// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.path.StorePath;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Something to realise.
 *
 * @param derivation a {@code .drv} item; where it is not valid, it is fetched, with all that it needs to be built
 * @param outputs the wanted output names; empty for all
 */
public record BuildTarget(StorePath derivation, SortedSet<String> outputs) {
    public BuildTarget {
        outputs = Collections.unmodifiableSortedSet(new TreeSet<>(outputs));
    }

    /** All outputs of {@code derivation}. */
    public static BuildTarget all(StorePath derivation) {
        return new BuildTarget(derivation, Collections.emptySortedSet());
    }

    /** What either of two asks for, both of the same derivation. */
    public BuildTarget and(BuildTarget other) {
        if (outputs.isEmpty() || other.outputs.isEmpty()) {
            return all(derivation);
        }
        SortedSet<String> both = new TreeSet<>(outputs);
        both.addAll(other.outputs);
        return new BuildTarget(derivation, both);
    }

    /** Those that are wanted of all outputs of the derivation, by name. */
    public <T> SortedMap<String, T> of(Map<String, T> all) {
        SortedMap<String, T> wanted = new TreeMap<>(all);
        if (!outputs.isEmpty()) {
            wanted.keySet().retainAll(outputs);
        }
        return wanted;
    }
}
