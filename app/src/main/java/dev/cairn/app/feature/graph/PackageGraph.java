// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogException;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.PackageKey;
import dev.cairn.error.CairnException;
import dev.cairn.packages.Specification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The graph of package definitions: what the channels say a package needs. Node identifiers are {@code
 * CHANNEL/NAME@VERSION}. What was found out is remembered: for one look at the graph, by one thread.
 */
public final class PackageGraph implements GraphSource {
    /** Of packages that more others name than this, all that name them count: asking each takes too long. */
    static final int ASKED_AT_MOST = 200;

    private final Catalog catalog;
    private final boolean withBuildInputs;
    private final Map<Specification, Optional<String>> meant = new HashMap<>();

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
            meant(input).ifPresent(ids::add);
        }
        ids.remove(id);
        return List.copyOf(ids);
    }

    @Override
    public List<String> dependents(String id) throws CairnException {
        PackageKey key = key(id);
        List<PackageKey> naming = catalog.dependents(key);
        Set<String> ids = new LinkedHashSet<>();
        for (PackageKey dependent : naming) {
            if (naming.size() > ASKED_AT_MOST || needs(dependent, key.name(), id)) {
                ids.add(id(dependent));
            }
        }
        ids.remove(id);
        return List.copyOf(ids);
    }

    private boolean needs(PackageKey dependent, String name, String id) throws CairnException {
        Optional<CatalogPackage> found = catalog.find(dependent);
        if (found.isPresent()) {
            for (Specification input : inputs(found.get())) {
                if (input.name().equals(name) && meant(input).equals(Optional.of(id))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The node of what a definition names; empty where no channel has it. */
    private Optional<String> meant(Specification input) throws CairnException {
        Optional<String> known = meant.get(input);
        if (known == null) {
            known = resolve(input);
            meant.put(input, known);
        }
        return known;
    }

    private Optional<String> resolve(Specification input) throws CairnException {
        try {
            return Optional.of(id(catalog.resolve(input).key()));
        } catch (CatalogException.Unknown | CatalogException.Ambiguous _) {
            // The definition names something no channel has; the page of problems tells, the graph leaves it out.
            return Optional.empty();
        }
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
