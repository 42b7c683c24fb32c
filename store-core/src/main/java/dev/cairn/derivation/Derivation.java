// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How outputs are made from inputs by one program (formats, section 4.1). Immutable.
 *
 * <p>Strings are octet strings: every {@code char} is one octet, 0 to 255. Text beyond ASCII goes through
 * {@link OctetString}.
 *
 * @param outputs by output name
 * @param inputDerivations the output names wanted of each
 * @param inputSources items used as they are
 * @param system such as {@code x86_64-linux}
 * @param builder a program in the store, or {@code builtin:NAME}
 * @param arguments of the builder, without its own name
 * @param environment of the builder
 */
public record Derivation(
        SortedMap<String, DerivationOutput> outputs,
        SortedMap<StorePath, SortedSet<String>> inputDerivations,
        SortedSet<StorePath> inputSources,
        String system,
        String builder,
        List<String> arguments,
        SortedMap<String, String> environment) {
    public Derivation {
        outputs = ArraySortedMap.copyOf(outputs);
        inputDerivations = ArraySortedMap.copyOf(inputDerivations, ArraySortedSet::copyOf);
        inputSources = ArraySortedSet.copyOf(inputSources);
        arguments = List.copyOf(arguments);
        environment = ArraySortedMap.copyOf(environment);
    }

    /** Whether the contents of the only output are known beforehand by their hash. */
    public boolean isFixedOutput() {
        DerivationOutput out = outputs.get("out");
        return outputs.size() == 1 && out != null && !out.hash().isEmpty();
    }

    /** Whether the builder is a part of Cairn rather than a program in the store. */
    public boolean isBuiltin() {
        return builder.startsWith("builtin:");
    }

    /** Whether outputs may be fetched that somebody else built: the author of a trivial build may rule that out. */
    public boolean allowsSubstitutes() {
        return environment.getOrDefault("allowSubstitutes", "1").equals("1");
    }

    /** The references of the {@code .drv} item: all input derivations and input sources. */
    public SortedSet<StorePath> references() {
        SortedSet<StorePath> references = new TreeSet<>(inputSources);
        references.addAll(inputDerivations.keySet());
        return references;
    }

    /** The output paths in the order of output names. */
    public List<StorePath> outputPaths() {
        List<StorePath> paths = new ArrayList<>();
        outputs.values().forEach(output -> output.path().ifPresent(paths::add));
        return paths;
    }
}
