// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.format.ByteSizes;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.transaction.Change;
import dev.cairn.transaction.Comparison;
import dev.cairn.transaction.Plan;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** Says what a plan does. */
final class PlanPrinter {
    /** Packages that come along are listed one a line up to as many; more would hide what was asked for. */
    private static final int MOST_ROWS = 10;

    private static final int COLUMNS = 96;

    private PlanPrinter() {}

    static void print(Output out, Plan plan) throws IOException {
        Comparison planned = new Comparison(plan.changes(), List.of());
        section(out, "plan.added", planned.added());
        section(out, "plan.upgraded", planned.upgraded());
        section(out, "plan.downgraded", planned.downgraded());
        section(out, "plan.removed", planned.removed());
        if (!plan.toBuild().isEmpty()) {
            out.line(Texts.text("plan.build", plan.toBuild().size()));
        }
        if (!plan.prepared().isEmpty()) {
            out.line(Texts.text("plan.prepare", plan.prepared().size()));
        }
        if (!plan.downloads().items().isEmpty()) {
            out.line(Texts.text(
                    "plan.fetch",
                    plan.downloads().items().size(),
                    ByteSizes.text(plan.downloads().installedSize())));
        }
        if (plan.downloadSize().isPresent() && plan.downloadSize().getAsLong() > 0) {
            out.line(Texts.text("plan.download", ByteSizes.text(plan.downloadSize().getAsLong())));
        }
        if (!plan.impure().isEmpty()) {
            out.line(Texts.text("plan.impure", String.join(", ", plan.impure())));
        }
    }

    /** Says how two generations differ. */
    static void compared(Output out, Comparison comparison) throws IOException {
        section(out, "compare.added", comparison.added());
        section(out, "compare.upgraded", comparison.upgraded());
        section(out, "compare.downgraded", comparison.downgraded());
        section(out, "compare.removed", comparison.removed());
    }

    private static void section(Output out, String heading, List<Change> changes) throws IOException {
        if (changes.isEmpty()) {
            return;
        }
        out.line(Texts.text(heading));
        List<Change> along = changes.stream().filter(change -> !change.reason().isEmpty()).toList();
        boolean many = along.size() > MOST_ROWS;
        for (Change change : changes) {
            if (many && !change.reason().isEmpty()) {
                continue;
            }
            String reason = change.reason().isEmpty() ? "" : "  (" + change.reason() + ")";
            out.line("  " + label(change) + reason);
        }
        if (many) {
            String names = along.stream().map(PlanPrinter::label).collect(Collectors.joining(", "));
            for (String line : Paragraph.fill(Texts.text("plan.along", along.size(), names), COLUMNS)) {
                out.line("  " + line);
            }
        }
    }

    private static String label(Change change) {
        ManifestEntry entry = change.entry();
        String name = name(entry);
        return switch (change) {
            case Change.Upgraded(ManifestEntry before, _, _) when before.version().equals(entry.version()) ->
                name + " " + entry.version() + " " + Texts.text("plan.rebuilt");
            case Change.Upgraded(ManifestEntry before, _, _) ->
                name + " " + before.version() + " -> " + entry.version();
            case Change.Added _, Change.Removed _ -> name + " " + entry.version();
        };
    }

    /** As it is written in a request. */
    static String name(ManifestEntry entry) {
        return entry.output().equals("out") ? entry.name() : entry.name() + ":" + entry.output();
    }

    /** @param generation what became current; empty for a dry run */
    static void json(Output out, Plan plan, OptionalInt generation) throws IOException {
        Json.print(out, json -> {
            json.writeStartObject();
            json.writeBooleanProperty("dryRun", generation.isEmpty());
            if (generation.isPresent()) {
                json.writeNumberProperty("generation", generation.getAsInt());
            } else {
                json.writeNullProperty("generation");
            }
            changes(json, plan.changes());
            Json.strings(json, "build", plan.toBuild());
            Json.strings(json, "prepare", plan.prepared());
            Json.strings(json, "fetch", plan.downloads().items().keySet());
            json.writeNumberProperty("installedSize", plan.downloads().installedSize());
            if (plan.downloadSize().isPresent()) {
                json.writeNumberProperty("downloadSize", plan.downloadSize().getAsLong());
            } else {
                json.writeNullProperty("downloadSize");
            }
            Json.strings(json, "impure", plan.impure());
            json.writeEndObject();
        });
    }

    static void changes(JsonGenerator json, List<Change> changes) {
        json.writeArrayPropertyStart("changes");
        changes.forEach(change -> change(json, change));
        json.writeEndArray();
    }

    private static void change(JsonGenerator json, Change change) {
        ManifestEntry entry = change.entry();
        json.writeStartObject();
        switch (change) {
            case Change.Added _ -> json.writeStringProperty("action", "install");
            case Change.Removed _ -> json.writeStringProperty("action", "remove");
            case Change.Upgraded upgraded -> {
                json.writeStringProperty("action", upgraded.isDowngrade() ? "downgrade" : "upgrade");
                json.writeStringProperty("from", upgraded.before().version());
            }
        }
        json.writeStringProperty("name", entry.name());
        json.writeStringProperty("version", entry.version());
        json.writeStringProperty("output", entry.output());
        json.writeStringProperty("item", entry.item().toString());
        json.writeStringProperty("reason", change.reason());
        json.writeEndObject();
    }
}
