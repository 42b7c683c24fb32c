// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.path.StorePath;
import dev.cairn.profile.Generation;
import dev.cairn.profile.GenerationPattern;
import dev.cairn.profile.Profile;
import dev.cairn.profile.ProfileException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the generations of the profile and what each changed (services, section 9.4). */
@Command(name = "generations")
final class GenerationsCommand extends CairnCommand {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM dd yyyy HH:mm:ss", Locale.ROOT);

    @Parameters(arity = "0..1", paramLabel = "PATTERN", descriptionKey = "generation-pattern")
    private @Nullable String pattern;

    @Option(names = "--json", descriptionKey = "json", order = 11)
    private boolean json;

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        ZoneId zone = ZoneId.systemDefault();
        List<Generation> all = workspace.profile().generations();
        List<Generation> shown = pattern == null ? all : matching(pattern, all, zone);
        if (json) {
            json(session.out(), workspace.profile(), shown);
        } else {
            text(session.out(), workspace.profile(), shown, zone);
        }
        return pattern != null && shown.isEmpty() ? ExitCode.FAILURE : ExitCode.OK;
    }

    /** In the order in which the pattern names them. */
    private static List<Generation> matching(String pattern, List<Generation> all, ZoneId zone) throws CairnException {
        List<Integer> numbers = GenerationPattern.parse(pattern).select(all, Instant.now(), zone);
        List<Generation> matching = new ArrayList<>();
        for (int number : numbers) {
            all.stream().filter(generation -> generation.number() == number).forEach(matching::add);
        }
        return matching;
    }

    private static void text(Output out, Profile profile, List<Generation> shown, ZoneId zone)
            throws CairnException, IOException {
        List<ManifestEntry> before = List.of();
        boolean first = true;
        for (Generation generation : shown) {
            Optional<List<ManifestEntry>> contents = contents(profile, generation);
            if (contents.isEmpty()) {
                out.line(heading(generation, zone) + "\t" + Texts.text("generation.gone"));
                out.line("");
                continue;
            }
            List<ManifestEntry> now = contents.get();
            if (generation.number() > 0) {
                out.line(heading(generation, zone));
                Table table = new Table();
                if (first) {
                    now.forEach(entry -> row(table, "  ", entry));
                } else {
                    without(now, before).forEach(entry -> row(table, " + ", entry));
                    without(before, now).forEach(entry -> row(table, " - ", entry));
                }
                table.print(out);
                out.line("");
                first = false;
            }
            before = now;
        }
    }

    private static String heading(Generation generation, ZoneId zone) {
        return Texts.text("generation", generation.number()) + "\t"
                + TIME.format(generation.time().atZone(zone))
                + (generation.current() ? "\t" + Texts.text("generation.current") : "")
                + (generation.tag().pinned() ? "\t" + Texts.text("generation.pinned") : "")
                + generation.tag().label().map(label -> "\t" + label).orElse("");
    }

    /** The last installed package last; empty if that is not known any more. */
    private static Optional<List<ManifestEntry>> contents(Profile profile, Generation generation)
            throws CairnException {
        try {
            return Optional.of(profile.manifest(generation.number()).entries().reversed());
        } catch (ProfileException.Gone _) {
            return Optional.empty();
        }
    }

    private static void row(Table table, String mark, ManifestEntry entry) {
        table.add(mark + entry.name(), entry.version(), entry.output(), entry.item().toString());
    }

    private static List<ManifestEntry> without(List<ManifestEntry> entries, List<ManifestEntry> others) {
        Set<StorePath> items = others.stream().map(ManifestEntry::item).collect(Collectors.toSet());
        return entries.stream().filter(entry -> !items.contains(entry.item())).toList();
    }

    private static void json(Output out, Profile profile, List<Generation> shown) throws CairnException, IOException {
        Set<Integer> gone = new HashSet<>();
        for (Generation generation : shown) {
            if (contents(profile, generation).isEmpty()) {
                gone.add(generation.number());
            }
        }
        Json.print(out, json -> {
            json.writeStartArray();
            for (Generation generation : shown) {
                json.writeStartObject();
                json.writeNumberProperty("number", generation.number());
                json.writeStringProperty("time", generation.time().toString());
                json.writeBooleanProperty("current", generation.current());
                if (generation.parent().isPresent()) {
                    json.writeNumberProperty("parent", generation.parent().getAsInt());
                } else {
                    json.writeNullProperty("parent");
                }
                Json.optional(json, "cause", generation.cause());
                Json.optional(json, "label", generation.tag().label());
                json.writeBooleanProperty("pinned", generation.tag().pinned());
                json.writeStringProperty("item", generation.item().toString());
                json.writeBooleanProperty("gone", gone.contains(generation.number()));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
