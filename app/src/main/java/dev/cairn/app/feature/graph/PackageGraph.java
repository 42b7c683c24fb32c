// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogException;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.PackageKey;
import dev.cairn.error.CairnException;
import dev.cairn.packages.Specification;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The graph of package definitions: what the channels say a package needs. Node identifiers are {@code
 * CHANNEL/NAME@VERSION}.
 */
public final class PackageGraph implements GraphSource {
    private final Catalog catalog;
    private final boolean withBuildInputs;

    /** @param withBuildInputs whether what is needed only for building counts */
    public PackageGraph(Catalog catalog, boolean withBuildInputs) {
        this.catalog = catalog;
        this.withBuildInputs = withBuildInputs;
    }

    /** The identifier of a package's node. */
    public static String id(PackageKey key) {
        return key.channel() + "/" + key.label();
    }

    /** The package that a node stands for. */
    public static PackageKey key(String id) {
        int slash = id.indexOf('/');
        int at = id.lastIndexOf('@');
        return new PackageKey(id.substring(0, slash), id.substring(slash + 1, at), id.substring(at + 1));
    }

    @Override
    public GraphNode node(String id) {
        PackageKey key = key(id);
        return new GraphNode(id, key.name(), key.version());
    }

    @Override
    public List<String> dependencies(String id) throws CairnException {
        Optional<CatalogPackage> found = catalog.find(key(id));
        if (found.isEmpty()) {
            return List.of();
        }
        Set<String> ids = new LinkedHashSet<>();
        for (Specification input : inputs(found.get())) {
            try {
                ids.add(id(catalog.resolve(input).key()));
            } catch (CatalogException.Unknown | CatalogException.Ambiguous e) {
                // The definition names something no channel has; the page of problems tells, the graph leaves it out.
                continue;
            }
        }
        ids.remove(id);
        return List.copyOf(ids);
    }

    @Override
    public List<String> dependents(String id) throws CairnException {
        PackageKey key = key(id);
        Set<String> ids = new LinkedHashSet<>();
        for (PackageKey dependent : catalog.dependents(key)) {
            if (dependencies(id(dependent)).contains(id)) {
                ids.add(id(dependent));
            }
        }
        ids.remove(id);
        return List.copyOf(ids);
    }

    private List<Specification> inputs(CatalogPackage wanted) {
        List<Specification> all = new ArrayList<>(wanted.inputs());
        all.addAll(wanted.propagatedInputs());
        if (withBuildInputs) {
            all.addAll(wanted.nativeInputs());
        }
        return all;
    }
}
