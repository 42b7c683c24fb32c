// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.path.StorePath;
import java.util.Collections;
import java.util.SortedSet;
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
}
