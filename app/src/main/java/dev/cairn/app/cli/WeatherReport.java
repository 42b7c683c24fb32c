// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import tools.jackson.core.JsonGenerator;

/**
 * How much of what was asked for a server has, in the words of {@code guix weather} (services, section 9.3).
 *
 * @param items what was asked for
 */
record WeatherReport(ServerSurvey survey, Collection<StorePath> items) {
    private static final double MEBI = 1 << 20;
    private static final double NANO = 1e-9;

    List<StorePath> missing() {
        return items.stream().filter(item -> !survey.found().containsKey(item)).sorted().toList();
    }

    boolean isComplete() {
        return survey.found().size() == items.size();
    }

    private double percent() {
        return items.isEmpty() ? 0 : 100.0 * survey.found().size() / items.size();
    }

    /** Octets of an item on the way, where the server says so: in the compression that takes the fewest. */
    private static OptionalLong compressed(Narinfo narinfo) {
        return narinfo.nars().stream()
                .map(NarChoice::fileSize)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .min();
    }

    private long known() {
        return survey.found().values().stream().filter(narinfo -> compressed(narinfo).isPresent()).count();
    }

    private long compressed() {
        return sizes(survey.found().values().stream().mapToLong(narinfo -> compressed(narinfo).orElse(0)));
    }

    private long uncompressed() {
        return sizes(survey.found().values().stream().mapToLong(narinfo -> narinfo.claim().narSize()));
    }

    /** Servers may say anything. */
    private static long sizes(LongStream sizes) {
        return sizes.reduce(0, (one, other) -> one + other < 0 ? Long.MAX_VALUE : one + other);
    }

    /** @param unicode whether pictures of the weather can be shown */
    void print(Output out, boolean unicode, Counts counts) throws IOException {
        out.line(survey.server().url() + (unicode ? " " + symbol() : ""));
        out.line(String.format(Locale.ROOT, "  %.1f%% substitutes available (", percent())
                + counts.text(survey.found().size()) + " out of " + counts.text(items.size()) + ")");
        if (known() == 0) {
            out.line("  unknown substitute sizes");
        } else {
            String atLeast = known() == survey.found().size() ? "" : "at least ";
            out.line(String.format(Locale.ROOT, "  %s%.1f MiB of nars (compressed)", atLeast, compressed() / MEBI));
        }
        out.line(String.format(Locale.ROOT, "  %.1f MiB on disk (uncompressed)", uncompressed() / MEBI));
        double seconds = survey.time().toNanos() * NANO;
        out.line(String.format(
                Locale.ROOT,
                "  %.3f seconds per request (%.1f seconds in total)",
                seconds / Math.max(1, items.size()),
                seconds));
        out.line(String.format(
                Locale.ROOT, "  %.1f requests per second", items.size() / Math.max(NANO, seconds)));
    }

    private String symbol() {
        double percent = percent();
        return percent > 80 ? "☀" : percent < 50 ? "⛈" : "⛅";
    }

    /** @param gaps what holds up others, if that was asked for */
    void write(JsonGenerator json, Optional<List<Coverage.Gap>> gaps) {
        json.writeStartObject();
        json.writeStringProperty("server", survey.server().url());
        json.writeNumberProperty("items", items.size());
        json.writeNumberProperty("available", survey.found().size());
        if (known() == 0) {
            json.writeNullProperty("compressedSize");
        } else {
            json.writeNumberProperty("compressedSize", compressed());
        }
        json.writeBooleanProperty("compressedSizeComplete", known() == survey.found().size());
        json.writeNumberProperty("size", uncompressed());
        json.writeNumberProperty("seconds", survey.time().toNanos() * NANO);
        Json.strings(json, "missing", missing());
        Json.optional(json, "problem", survey.problem());
        if (gaps.isPresent()) {
            json.writeArrayPropertyStart("coverage");
            for (Coverage.Gap gap : gaps.get()) {
                json.writeStartObject();
                json.writeStringProperty("item", gap.item().toString());
                json.writeNumberProperty("dependents", gap.dependents());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
