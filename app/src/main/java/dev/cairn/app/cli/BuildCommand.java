// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.app.format.ByteSizes;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Downloads;
import dev.cairn.daemon.HostTools;
import dev.cairn.daemon.SubstituteInfo;
import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import dev.cairn.transaction.Needs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Builds packages or derivations, or fetches items, without installing them. */
@Command(name = "build")
final class BuildCommand extends CairnCommand {
    @Parameters(arity = "1..*", paramLabel = "PACKAGE|DERIVATION|ITEM", descriptionKey = "build-targets")
    private List<String> names = new ArrayList<>();

    @Mixin
    private BuildFlags flags = new BuildFlags();

    @Option(
            names = {"-n", "--dry-run"},
            descriptionKey = "build-dry-run",
            order = 10)
    private boolean dryRun;

    @Option(names = "--json", descriptionKey = "json", order = 11)
    private boolean json;

    /**
     * Something to build.
     *
     * @param name as on the command line
     * @param outputs what was asked for, by output
     */
    private record Wanted(String name, BuildTarget target, SortedMap<String, StorePath> outputs) {}

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        BuildOptions options = flags.options();
        flags.configure(workspace.daemon());
        try (Progress progress = new Progress(session)) {
            workspace.tellCatalogEvents(progress);
            Map<String, StorePath> items = new LinkedHashMap<>();
            List<Wanted> wanted = new ArrayList<>();
            for (String name : names) {
                Optional<StorePath> item = item(workspace, name);
                if (item.isPresent()) {
                    items.put(name, item.get());
                } else {
                    wanted.add(wanted(workspace, name, progress));
                }
            }
            List<BuildTarget> targets = wanted.stream().map(Wanted::target).toList();
            Needs needs = Needs.of(workspace.daemon(), targets, progress);
            if (dryRun) {
                List<StorePath> fetched = new ArrayList<>(items.values());
                fetched.addAll(needs.offered());
                Downloads downloads = Downloads.of(workspace.daemon(), fetched, progress);
                if (!downloads.missing().isEmpty()) {
                    // Whoever fetches knows why not.
                    workspace.daemon().ensure(downloads.missing(), options, progress);
                }
                List<StorePath> missing = new ArrayList<>(needs.prepared());
                missing.addAll(needs.toBuild());
                if (options.pure()) {
                    HostTools.refuse(workspace.daemon(), needs.toBuild());
                }
                progress.end();
                printMissing(session.out(), missing, downloads);
                return ExitCode.OK;
            }
            progress.passOver(needs.prepared());
            workspace.daemon().ensure(items.values(), options, progress);
            workspace.daemon().build(targets, options, progress);
            progress.end();
            print(session.out(), items, wanted);
        }
        return ExitCode.OK;
    }

    /** The item that is to be had as it is, if that is what is meant. */
    private static Optional<StorePath> item(Workspace workspace, String name) throws CairnException {
        if (!StoreItems.isFileName(name)) {
            return workspace.readyMade(Specifications.parse(name));
        }
        return Optional.of(StoreItems.named(workspace, name)).filter(item -> !item.isDerivation());
    }

    private Wanted wanted(Workspace workspace, String name, Progress progress) throws CairnException {
        if (StoreItems.isFileName(name)) {
            // What it makes is not known before it is there.
            workspace.daemon().ensure(List.of(StoreItems.named(workspace, name)), flags.options(), progress);
        }
        DerivationArgument argument = DerivationArgument.of(workspace, name);
        SortedMap<String, StorePath> outputs = argument.wantedOutputs();
        BuildTarget target = new BuildTarget(argument.derivation(), new TreeSet<>(outputs.keySet()));
        return new Wanted(name, target, outputs);
    }

    private void printMissing(Output out, List<StorePath> missing, Downloads downloads) throws IOException {
        if (json) {
            Json.print(out, generator -> {
                generator.writeStartObject();
                Json.strings(generator, "build", missing);
                Json.strings(generator, "fetch", downloads.items().keySet());
                if (downloads.downloadSize().isPresent()) {
                    generator.writeNumberProperty("downloadSize", downloads.downloadSize().getAsLong());
                } else {
                    generator.writeNullProperty("downloadSize");
                }
                generator.writeNumberProperty("installedSize", downloads.installedSize());
                generator.writeEndObject();
            });
            return;
        }
        if (!missing.isEmpty()) {
            out.line(Texts.text(missing.size() == 1 ? "dry-run.build-one" : "dry-run.build"));
            for (StorePath derivation : missing) {
                out.line("   " + derivation);
            }
        }
        if (!downloads.items().isEmpty()) {
            out.line(heading(downloads));
            for (SubstituteInfo item : downloads.items().values()) {
                String size = item.downloadSize().isPresent()
                        ? "  (" + ByteSizes.text(item.downloadSize().getAsLong()) + ")"
                        : "";
                out.line("   " + item.path() + size);
            }
        }
    }

    private static String heading(Downloads downloads) {
        if (downloads.downloadSize().isPresent()) {
            return Texts.text("dry-run.download", ByteSizes.text(downloads.downloadSize().getAsLong()));
        }
        int number = downloads.items().size();
        return number == 1 ? Texts.text("dry-run.download-one") : Texts.text("dry-run.download-items", number);
    }

    private void print(Output out, Map<String, StorePath> items, List<Wanted> wanted) throws IOException {
        if (json) {
            Json.print(out, generator -> {
                generator.writeStartArray();
                for (Map.Entry<String, StorePath> item : items.entrySet()) {
                    generator.writeStartObject();
                    generator.writeStringProperty("name", item.getKey());
                    generator.writeStringProperty("item", item.getValue().toString());
                    generator.writeEndObject();
                }
                for (Wanted one : wanted) {
                    generator.writeStartObject();
                    generator.writeStringProperty("name", one.name());
                    generator.writeStringProperty("derivation", one.target().derivation().toString());
                    Json.map(generator, "outputs", one.outputs());
                    generator.writeEndObject();
                }
                generator.writeEndArray();
            });
        } else {
            for (StorePath item : items.values()) {
                out.line(item.toString());
            }
            for (Wanted one : wanted) {
                for (StorePath path : one.outputs().values()) {
                    out.line(path.toString());
                }
            }
        }
    }
}
