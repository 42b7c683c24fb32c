// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.catalog.SearchHit;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds packages. */
@Command(name = "search")
final class SearchCommand extends CairnCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", descriptionKey = "words")
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            descriptionKey = "limit",
            order = 10)
    private int limit = Integer.MAX_VALUE;

    @Mixin
    private AtFlag at = new AtFlag();

    @Option(names = "--json", descriptionKey = "json", order = 11)
    private boolean json;

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        if (limit < 1) {
            throw new UsageException(Texts.text("error.limit", limit));
        }
        String text = String.join(" ", words);
        List<SearchHit> hits;
        try (Progress progress = new Progress(session)) {
            workspace.tellCatalogEvents(progress);
            at.apply(workspace, progress);
            hits = workspace.catalog().search(text, limit);
        }
        if (json) {
            json(session.out(), hits);
        } else {
            Table table = new Table();
            hits.forEach(hit ->
                    table.add(hit.key().name(), hit.key().version(), String.join(",", hit.outputs()), hit.synopsis()));
            table.print(session.out());
        }
        if (hits.isEmpty()) {
            session.note(Texts.text("nothing-found", text));
            List<String> never = NeverFetched.channels(workspace);
            if (!never.isEmpty()) {
                session.note(Texts.text("never-fetched", String.join(", ", never)));
            }
            return ExitCode.FAILURE;
        }
        return ExitCode.OK;
    }

    private static void json(Output out, List<SearchHit> hits) throws IOException {
        Json.print(out, json -> {
            json.writeStartArray();
            for (SearchHit hit : hits) {
                json.writeStartObject();
                json.writeStringProperty("name", hit.key().name());
                json.writeStringProperty("version", hit.key().version());
                Json.strings(json, "outputs", hit.outputs());
                json.writeStringProperty("channel", hit.key().channel());
                json.writeStringProperty("synopsis", hit.synopsis());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
