// SPDX-License-Identifier: Apache-2.0
package dev.cairn.manifest;

import dev.cairn.path.StorePath;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.Collections;

/**
 * A package in a profile.
 *
 * @param name of the package
 * @param version of the package; empty where an old manifest does not know it
 * @param output such as {@code out}
 * @param item what is in the profile
 * @param propagatedInputs entries that come along
 * @param searchPaths variables the package wants set
 * @param properties Scheme data in text form, by key, such as {@code transformations} and {@code provenance}
 */
public record ManifestEntry(
        String name,
        String version,
        String output,
        StorePath item,
        List<ManifestEntry> propagatedInputs,
        List<SearchPathSpecification> searchPaths,
        SortedMap<String, String> properties) {
    public ManifestEntry {
        propagatedInputs = List.copyOf(propagatedInputs);
        searchPaths = List.copyOf(searchPaths);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }
}
