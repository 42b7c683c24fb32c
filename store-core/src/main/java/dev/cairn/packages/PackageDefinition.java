// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import dev.cairn.manifest.SearchPathSpecification;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A package as a channel defines it.
 *
 * @param name checked by {@link PackageNames#isName}
 * @param version checked by {@link PackageNames#isVersion}
 * @param source what it is made from, if anything
 * @param buildSystem how it is made
 * @param inputs what the result may refer to
 * @param nativeInputs what only the build needs
 * @param propagatedInputs what must be in every profile that holds this
 * @param outputs {@code out} first, the others as the definition lists them
 * @param searchPaths variables the package wants set
 * @param synopsis one line
 * @param description paragraphs separated by empty lines
 * @param licenses as the definition names them
 * @param homePage address of a page about it
 * @param properties whatever else the definition says
 * @param file that holds the definition, relative to the channel
 * @param line where it begins, from 1
 * @param column where it begins, from 1, in characters
 */
public record PackageDefinition(
        String name,
        String version,
        Optional<Source> source,
        BuildSystem buildSystem,
        List<Specification> inputs,
        List<Specification> nativeInputs,
        List<Specification> propagatedInputs,
        List<String> outputs,
        List<SearchPathSpecification> searchPaths,
        String synopsis,
        String description,
        List<String> licenses,
        Optional<String> homePage,
        SortedMap<String, String> properties,
        String file,
        int line,
        int column) {
    public PackageDefinition {
        inputs = List.copyOf(inputs);
        nativeInputs = List.copyOf(nativeInputs);
        propagatedInputs = List.copyOf(propagatedInputs);
        outputs = List.copyOf(outputs);
        searchPaths = List.copyOf(searchPaths);
        licenses = List.copyOf(licenses);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    /** {@code NAME@VERSION}. */
    public String label() {
        return name + "@" + version;
    }

    /** {@code NAME-VERSION}, the name of its derivation and of its output {@code out}. */
    public String fullName() {
        return name + "-" + version;
    }

    /** {@code FILE:LINE}. */
    public String location() {
        return file + ":" + line;
    }
}
