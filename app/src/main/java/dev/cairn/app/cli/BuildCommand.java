// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.HostTools;
import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import dev.cairn.transaction.Needs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Builds packages or derivations without installing them. */
@Command(name = "build")
final class BuildCommand extends CairnCommand {
    @Parameters(arity = "1..*", paramLabel = "PACKAGE|DERIVATION", descriptionKey = "build-targets")
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
        try (Progress progress = new Progress(session)) {
            workspace.tellCatalogEvents(progress);
            List<Wanted> wanted = new ArrayList<>();
            for (String name : names) {
                wanted.add(wanted(workspace, name));
            }
            List<BuildTarget> targets = wanted.stream().map(Wanted::target).toList();
            Needs needs = Needs.of(workspace.daemon(), targets);
            if (dryRun) {
                List<StorePath> missing = new ArrayList<>(needs.prepared());
                missing.addAll(needs.toBuild());
                if (options.pure()) {
                    HostTools.refuse(workspace.daemon(), needs.toBuild());
                }
                progress.end();
                printMissing(session.out(), missing);
                return ExitCode.OK;
            }
            progress.passOver(needs.prepared());
            workspace.daemon().build(targets, options, progress);
            progress.end();
            print(session.out(), wanted);
        }
        return ExitCode.OK;
    }

    private static Wanted wanted(Workspace workspace, String name) throws CairnException {
        DerivationArgument argument = DerivationArgument.of(workspace, name);
        SortedMap<String, StorePath> outputs = argument.wantedOutputs();
        BuildTarget target = new BuildTarget(argument.derivation(), new TreeSet<>(outputs.keySet()));
        return new Wanted(name, target, outputs);
    }

    private void printMissing(Output out, List<StorePath> missing) throws IOException {
        if (json) {
            Json.print(out, generator -> {
                generator.writeStartObject();
                Json.strings(generator, "build", missing);
                generator.writeEndObject();
            });
        } else {
            for (StorePath derivation : missing) {
                out.line(derivation.toString());
            }
        }
    }

    private void print(Output out, List<Wanted> wanted) throws IOException {
        if (json) {
            Json.print(out, generator -> {
                generator.writeStartArray();
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
            for (Wanted one : wanted) {
                for (StorePath path : one.outputs().values()) {
                    out.line(path.toString());
                }
            }
        }
    }
}
