// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.channel.Channel;
import dev.cairn.error.CairnException;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.manifest.code.WantedPackage;
import dev.cairn.packages.Specification;
import dev.cairn.path.StorePath;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/** Finds the items that packages are, without building them. */
final class PackageItems {
    private final Workspace workspace;

    PackageItems(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Items that are named, and the outputs of packages: all of them unless one is named. */
    SequencedSet<StorePath> named(Collection<String> names) throws CairnException {
        SequencedSet<StorePath> items = new LinkedHashSet<>();
        for (String name : names) {
            if (StoreItems.isFileName(name)) {
                items.add(StoreItems.named(workspace, name));
            } else {
                items.addAll(outputs(Specifications.parse(name)));
            }
        }
        return items;
    }

    /** What the profile has, with what came along. */
    SequencedSet<StorePath> ofProfile() throws CairnException {
        return new LinkedHashSet<>(workspace.profile().manifest().items());
    }

    /** All packages of the channels whose packages are fetched as they are. */
    SequencedSet<StorePath> all() throws CairnException {
        SequencedSet<StorePath> items = new LinkedHashSet<>();
        for (Channel channel : workspace.channels()) {
            items.addAll(channel.items());
        }
        return items;
    }

    /** What a manifest of code asks for. @throws FailureException when that can only be found out by running it */
    SequencedSet<StorePath> ofManifest(Path file) throws CairnException {
        SequencedSet<StorePath> items = new LinkedHashSet<>();
        for (WantedPackage wanted : ManifestFile.read(file.toString(), workspace)) {
            if (!wanted.transformations().isEmpty()) {
                throw new FailureException(
                        Texts.text("error.manifest-transformed", wanted.label()), Optional.empty());
            }
            items.addAll(outputs(Specifications.parse(wanted.label())));
        }
        return items;
    }

    /** The outputs of a package: all of them unless one is named. */
    SequencedSet<StorePath> outputs(Specification specification) throws CairnException {
        CatalogPackage wanted = workspace.catalog().resolve(specification);
        SequencedSet<StorePath> items = new LinkedHashSet<>();
        for (String output : specification.output().map(List::of).orElseGet(wanted::outputs)) {
            ManifestEntry entry = workspace.entry(wanted, output);
            items.add(entry.item());
        }
        return items;
    }
}
