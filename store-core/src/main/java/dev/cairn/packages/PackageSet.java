// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The packages of one channel, by what inputs call them. Immutable. */
public final class PackageSet {
    private final Map<String, List<PackageDefinition>> newestFirst = new HashMap<>();

    /** @param definitions no two with the same name and version */
    public PackageSet(Collection<PackageDefinition> definitions) {
        for (PackageDefinition definition : definitions) {
            newestFirst.computeIfAbsent(definition.name(), _ -> new ArrayList<>()).add(definition);
        }
        newestFirst.values().forEach(versions -> versions.sort(
                Comparator.comparing(PackageDefinition::version, VersionOrder.INSTANCE).reversed()));
    }

    /** The package of exactly this name and version. */
    public Optional<PackageDefinition> find(String name, String version) {
        return newestFirst.getOrDefault(name, List.of()).stream()
                .filter(definition -> definition.version().equals(version))
                .findFirst();
    }

    /**
     * The package that an input means.
     *
     * @param dependent whose input it is
     */
    public PackageDefinition meant(PackageDefinition dependent, Specification input)
            throws PackageException.UnknownInput {
        List<PackageDefinition> versions = newestFirst.getOrDefault(input.name(), List.of());
        if (versions.isEmpty()) {
            throw new PackageException.UnknownInput(
                    dependent,
                    input,
                    "the channel has no such package",
                    EditDistance.nearest(input.name(), newestFirst.keySet(), 3));
        }
        Optional<PackageDefinition> meant =
                VersionOrder.choose(input.version(), versions, PackageDefinition::version);
        if (meant.isEmpty()) {
            throw new PackageException.UnknownInput(
                    dependent,
                    input,
                    "the channel has it in other versions only",
                    versions.stream().map(PackageDefinition::label).limit(10).toList());
        }
        String output = input.output().orElse("out");
        if (!meant.get().outputs().contains(output)) {
            throw new PackageException.UnknownInput(
                    dependent,
                    input,
                    "'" + meant.get().label() + "' has no output '" + output + "'",
                    meant.get().outputs().stream().map(name -> input.name() + ":" + name).toList());
        }
        return meant.get();
    }
}
