// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.DerivationItems;
import dev.cairn.derivation.Derivation;
import dev.cairn.error.CairnException;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.packages.Specification;
import dev.cairn.packages.VersionScheme;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.List;

/** Items of the store, and what a derivation is made from or what items refer to each other. */
record ItemNodes(Workspace workspace, Edges kind) implements NodeType<StorePath> {
    enum Edges {
        DERIVATION,
        REFERENCES,
        REFERRERS
    }

    @Override
    public List<StorePath> named(String argument) throws CairnException {
        if (kind == Edges.DERIVATION) {
            return List.of(DerivationArgument.of(workspace, argument).derivation());
        }
        List<StorePath> items = StoreItems.isFileName(argument)
                ? List.of(StoreItems.named(workspace, argument))
                : installed(Specifications.parse(argument));
        if (items.isEmpty()) {
            items = List.copyOf(DerivationArgument.of(workspace, argument).wantedOutputs().values());
        }
        for (StorePath item : items) {
            if (!workspace.daemon().isValid(item)) {
                throw new DaemonException.NotValid(item);
            }
        }
        return items;
    }

    /** What the profile has of a package, whether it was asked for or came along. */
    private List<StorePath> installed(Specification wanted) throws CairnException {
        return workspace.profile().manifest().transitiveEntries().stream()
                .filter(entry -> entry.name().equals(wanted.name()))
                .filter(entry -> wanted.output().map(entry.output()::equals).orElse(true))
                .filter(entry -> wanted.version()
                        .map(version -> VersionScheme.of(entry.properties()).fits(version, entry.version()))
                        .orElse(true))
                .map(ManifestEntry::item)
                .distinct()
                .toList();
    }

    @Override
    public List<StorePath> edges(StorePath node) throws CairnException {
        Daemon daemon = workspace.daemon();
        return switch (kind) {
            case DERIVATION -> inputs(daemon, node);
            case REFERENCES -> List.copyOf(daemon.pathInfo(node)
                    .orElseThrow(() -> new DaemonException.NotValid(node))
                    .references());
            case REFERRERS -> daemon.referrers(node).stream()
                    .filter(item -> !item.isDerivation())
                    .toList();
        };
    }

    private static List<StorePath> inputs(Daemon daemon, StorePath node) throws CairnException {
        if (!node.isDerivation()) {
            return List.of();
        }
        Derivation derivation = DerivationItems.read(daemon, node);
        List<StorePath> inputs = new ArrayList<>(derivation.inputDerivations().keySet());
        inputs.addAll(derivation.inputSources());
        return inputs;
    }

    @Override
    public String id(StorePath node) {
        return node.toString();
    }

    @Override
    public String label(StorePath node) {
        return node.name();
    }

    @Override
    public String fullLabel(StorePath node) {
        return node.toString();
    }
}
