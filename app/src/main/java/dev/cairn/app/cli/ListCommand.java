// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/** Lists what is installed. */
@Command(name = "list")
final class ListCommand extends CairnCommand {
    @Parameters(arity = "0..1", paramLabel = "PATTERN", descriptionKey = "name-pattern")
    private @Nullable String pattern;

    @Option(names = "--json", descriptionKey = "json", order = 11)
    private boolean json;

    @Option(names = "--export-manifest", descriptionKey = "export-manifest", order = 12)
    private boolean export;

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        if (export) {
            Manifest manifest = new Manifest(matching(workspace.profile().manifest().entries()));
            session.out().print(ManifestExport.text(manifest, workspace.catalog()));
            return ExitCode.OK;
        }
        List<ManifestEntry> entries = new ArrayList<>(matching(workspace.profile().manifest().entries()));
        // The manifest has the most recently installed first.
        entries = entries.reversed();
        if (json) {
            json(session.out(), entries);
        } else {
            Table table = new Table();
            entries.forEach(entry -> table.add(
                    entry.name(), entry.version(), entry.output(), entry.item().toString()));
            table.print(session.out());
        }
        return ExitCode.OK;
    }

    private List<ManifestEntry> matching(List<ManifestEntry> entries) throws UsageException {
        if (pattern == null) {
            return entries;
        }
        try {
            Pattern wanted = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
            return entries.stream()
                    .filter(entry -> wanted.matcher(entry.name()).find())
                    .toList();
        } catch (PatternSyntaxException e) {
            throw new UsageException(Texts.text("error.regular-expression", pattern, e.getDescription()));
        }
    }

    /** One object a package; several installed outputs of it are together. */
    private static void json(Output out, List<ManifestEntry> entries) throws IOException {
        SequencedMap<String, List<ManifestEntry>> packages = new LinkedHashMap<>();
        for (ManifestEntry entry : entries) {
            packages.computeIfAbsent(entry.name() + "@" + entry.version(), _ -> new ArrayList<>()).add(entry);
        }
        Json.print(out, json -> {
            json.writeStartArray();
            packages.values().forEach(outputs -> json(json, outputs));
            json.writeEndArray();
        });
    }

    private static void json(JsonGenerator json, List<ManifestEntry> outputs) {
        ManifestEntry first = outputs.getFirst();
        Map<String, String> items = outputs.stream()
                .collect(Collectors.toMap(ManifestEntry::output, entry -> entry.item().toString(), (a, _) -> a,
                        LinkedHashMap::new));
        json.writeStartObject();
        json.writeStringProperty("name", first.name());
        json.writeStringProperty("version", first.version());
        Json.strings(json, "outputs", items.keySet());
        Json.optional(json, "channel", first.channel());
        Json.map(json, "items", items);
        Json.strings(
                json,
                "propagated",
                outputs.stream()
                        .flatMap(entry -> entry.propagatedInputs().stream())
                        .map(entry -> entry.name() + "@" + entry.version())
                        .distinct()
                        .toList());
        json.writeEndObject();
    }
}
