// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel;

import dev.cairn.manifest.SearchPathSpecification;
import dev.cairn.packages.Specification;
import dev.cairn.path.StorePath;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A package made realisable: its derivation is in the store, its outputs' paths are known.
 *
 * @param derivation a valid {@code .drv} item
 * @param outputs where each output is or will be
 * @param propagatedInputs packages of the same channel that must be in the same profile, each with its version
 * @param searchPaths variables the package wants set
 * @param impure whether its build, or that of an input, sees the host's {@code /usr}
 */
public record Resolution(
        StorePath derivation,
        SortedMap<String, StorePath> outputs,
        List<Specification> propagatedInputs,
        List<SearchPathSpecification> searchPaths,
        boolean impure) {
    public Resolution {
        outputs = Collections.unmodifiableSortedMap(new TreeMap<>(outputs));
        propagatedInputs = List.copyOf(propagatedInputs);
        searchPaths = List.copyOf(searchPaths);
    }
}
