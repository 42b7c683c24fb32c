// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.app.format.ByteSizes;
import dev.cairn.error.CairnException;
import dev.cairn.profile.Generation;
import dev.cairn.profile.Profile;
import dev.cairn.transaction.Comparison;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how one generation differs from another. */
@Command(name = "compare-generations")
final class CompareGenerationsCommand extends CairnCommand {
    @Parameters(index = "0", paramLabel = "FROM", descriptionKey = "generation-number")
    private String from = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TO", descriptionKey = "compared-generation")
    private @Nullable String to;

    @Option(names = "--json", descriptionKey = "json", order = 11)
    private boolean json;

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        Profile profile = workspace.profile();
        int first = GenerationArgument.number(profile, from);
        int second = to == null ? profile.currentNumber() : GenerationArgument.number(profile, to);
        Comparison comparison = workspace.transactions().compare(profile, first, second);
        long before = size(workspace, first);
        long after = size(workspace, second);
        if (json) {
            json(session.out(), first, second, comparison, before, after);
            return ExitCode.OK;
        }
        session.out().line(Texts.text("compare.title", first, second));
        PlanPrinter.compared(session.out(), comparison);
        session.out().line(Texts.text("compare.unchanged", comparison.unchanged().size()));
        String more = (after < before ? "" : "+") + ByteSizes.text(after - before);
        session.out().line(Texts.text("compare.size", ByteSizes.text(before), ByteSizes.text(after), more));
        return ExitCode.OK;
    }

    /** With all that it needs. */
    private static long size(Workspace workspace, int number) throws CairnException {
        Optional<Generation> generation =
                number == 0 ? Optional.empty() : workspace.profile().generation(number);
        return generation.isEmpty()
                ? 0
                : workspace.daemon().closureSize(List.of(generation.get().item()));
    }

    private static void json(Output out, int first, int second, Comparison comparison, long before, long after)
            throws IOException {
        Json.print(out, json -> {
            json.writeStartObject();
            json.writeNumberProperty("from", first);
            json.writeNumberProperty("to", second);
            PlanPrinter.changes(json, comparison.changes());
            Json.strings(
                    json,
                    "unchanged",
                    comparison.unchanged().stream().map(PlanPrinter::name).toList());
            json.writeNumberProperty("sizeBefore", before);
            json.writeNumberProperty("sizeAfter", after);
            json.writeEndObject();
        });
    }
}
