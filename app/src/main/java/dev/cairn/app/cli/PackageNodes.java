// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.PackageKey;
import dev.cairn.error.CairnException;
import dev.cairn.packages.Specification;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Stream;

/** Packages, and the packages among their inputs or those that have them as input. */
record PackageNodes(Workspace workspace, Direction direction) implements NodeType<PackageKey> {
    enum Direction {
        INPUTS,
        DEPENDENTS
    }

    @Override
    public List<PackageKey> named(String argument) throws CairnException {
        return List.of(workspace.catalog().resolve(Specifications.parse(argument)).key());
    }

    @Override
    public List<PackageKey> edges(PackageKey node) throws CairnException {
        if (direction == Direction.DEPENDENTS) {
            return workspace.catalog().dependents(node);
        }
        CatalogPackage one = workspace.catalog()
                .find(node)
                .orElseThrow(() -> new IllegalStateException("a package left the catalog: " + node));
        SequencedSet<PackageKey> inputs = new LinkedHashSet<>();
        for (Specification input : Stream.of(one.inputs(), one.nativeInputs(), one.propagatedInputs())
                .flatMap(List::stream)
                .toList()) {
            inputs.add(workspace.catalog().resolve(input).key());
        }
        return new ArrayList<>(inputs);
    }

    @Override
    public String id(PackageKey node) {
        return node.channel() + "/" + node.label();
    }

    @Override
    public String label(PackageKey node) {
        return node.label();
    }

    @Override
    public String fullLabel(PackageKey node) {
        return node.label();
    }
}
