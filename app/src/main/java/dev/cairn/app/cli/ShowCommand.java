// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.InstalledDetails;
import dev.cairn.app.Workspace;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.channel.ChannelException;
import dev.cairn.daemon.Downloads;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.packages.Specification;
import dev.cairn.packages.VersionScheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows all that is known of packages. */
@Command(name = "show")
final class ShowCommand extends CairnCommand {
    @Parameters(arity = "1..*", paramLabel = "PACKAGE", descriptionKey = "packages")
    private List<String> packages = new ArrayList<>();

    @Mixin
    private AtFlag at = new AtFlag();

    @Option(names = "--json", descriptionKey = "json", order = 11)
    private boolean json;

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        List<CatalogPackage> shown = new ArrayList<>();
        List<Optional<Downloads>> downloads = new ArrayList<>();
        try (Progress progress = new Progress(session)) {
            workspace.tellCatalogEvents(progress);
            at.apply(workspace, progress);
            for (String text : packages) {
                shown.addAll(matching(workspace, Specifications.parse(text)));
            }
            for (CatalogPackage one : shown) {
                downloads.add(downloads(session, workspace, one));
            }
        }
        List<Optional<InstalledDetails>> installed = new ArrayList<>();
        for (CatalogPackage one : shown) {
            installed.add(
                    PackageRecord.isOfArchive(one)
                            ? InstalledDetails.of(workspace, one.name(), one.version())
                            : Optional.empty());
        }
        List<Optional<PackageSizes>> sizes = new ArrayList<>();
        for (Optional<Downloads> one : downloads) {
            sizes.add(one.isPresent() ? Optional.of(PackageSizes.of(one.get(), workspace)) : Optional.empty());
        }
        if (json) {
            Json.print(session.out(), generator -> {
                generator.writeStartArray();
                for (int i = 0; i < shown.size(); i++) {
                    PackageRecord.json(generator, shown.get(i), installed.get(i), sizes.get(i));
                }
                generator.writeEndArray();
            });
        } else {
            for (int i = 0; i < shown.size(); i++) {
                session.out().print(PackageRecord.text(shown.get(i), installed.get(i), sizes.get(i)));
            }
        }
        return ExitCode.OK;
    }

    /** What servers say of a package; that they cannot be asked is no reason not to show it. */
    private static Optional<Downloads> downloads(Session session, Workspace workspace, CatalogPackage one)
            throws CairnException {
        try {
            return workspace.downloads(one, EventSink.NONE);
        } catch (ChannelException.Unsatisfiable e) {
            session.note(e.getMessage());
            e.hint().ifPresent(session::note);
            return Optional.empty();
        }
    }

    private static List<CatalogPackage> matching(Workspace workspace, Specification wanted) throws CairnException {
        List<CatalogPackage> fitting = workspace.catalog().versions(wanted.name()).stream()
                .filter(one -> wanted.version().isEmpty()
                        || VersionScheme.of(one.properties()).fits(wanted.version().get(), one.version()))
                .filter(one -> wanted.output().isEmpty()
                        || one.outputs().contains(wanted.output().get()))
                .toList();
        if (fitting.isEmpty()) {
            // Says best why there is none.
            return List.of(workspace.catalog().resolve(wanted));
        }
        return fitting;
    }
}
