// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Channels;
import dev.cairn.app.Workspace;
import dev.cairn.channel.Channel;
import dev.cairn.channel.ChannelRevision;
import dev.cairn.channel.RevisionHistory;
import dev.cairn.channel.guix.definition.ChannelDefinition;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.profile.GenerationPattern;
import dev.cairn.profile.GenerationSpecification;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** The revisions that one channel keeps, as commands show and change them. */
final class ChannelRevisions {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM dd yyyy HH:mm:ss", Locale.ROOT);

    private final String channel;
    private final RevisionHistory history;

    private ChannelRevisions(String channel, RevisionHistory history) {
        this.channel = channel;
        this.history = history;
    }

    /** Those of the channel that is named, or of the only one that keeps any. */
    static ChannelRevisions of(Workspace workspace, List<String> named) throws CairnException {
        List<String> names = new ArrayList<>(named);
        if (names.isEmpty()) {
            for (Channel one : workspace.channels()) {
                if (one.history().isPresent()) {
                    names.add(one.name());
                }
            }
        }
        if (names.size() != 1) {
            throw new FailureException(
                    Texts.text(
                            names.isEmpty() ? "error.no-revisions" : "error.which-revisions", String.join(", ", names)),
                    Optional.of(Texts.text("hint.which-revisions")));
        }
        return new ChannelRevisions(names.getFirst(), workspace.channelList().history(names.getFirst()));
    }

    /** The name of the channel. */
    String channel() {
        return channel;
    }

    /** @return whether the pattern chose any */
    boolean print(Output out, String pattern, boolean json) throws CairnException, IOException {
        List<ChannelRevision> all = history.revisions();
        List<ChannelRevision> shown = pattern.isEmpty() ? all : choose(pattern, all, false);
        if (json) {
            Json.print(out, generator -> {
                generator.writeStartArray();
                shown.forEach(revision -> json(generator, revision));
                generator.writeEndArray();
            });
        } else {
            for (ChannelRevision revision : shown) {
                text(out, revision);
            }
        }
        return pattern.isEmpty() || !shown.isEmpty();
    }

    private void text(Output out, ChannelRevision revision) throws IOException {
        out.line(Texts.text("generation", revision.number()) + "\t"
                + TIME.format(revision.fetched().atZone(ZoneId.systemDefault()))
                + (revision.current() ? "\t" + Texts.text("generation.current") : ""));
        out.line("  " + channel + " " + revision.shortCommit());
        if (!revision.branch().isEmpty()) {
            out.line("    " + Texts.text("revision.branch", Printable.line(revision.branch())));
        }
        out.line("    " + Texts.text("revision.commit", revision.commit()));
        if (revision.date().isPresent()) {
            out.line("    " + Texts.text("revision.date", SourceLines.time(revision.date().get())));
        }
        out.line("    " + Texts.text("revision.packages", revision.packages()));
    }

    static void json(JsonGenerator json, ChannelRevision revision) {
        json.writeStartObject();
        json.writeNumberProperty("number", revision.number());
        json.writeStringProperty("commit", revision.commit());
        json.writeStringProperty("branch", revision.branch());
        Json.optional(json, "date", revision.date());
        json.writeStringProperty("fetched", revision.fetched().toString());
        json.writeNumberProperty("packages", revision.packages());
        json.writeBooleanProperty("current", revision.current());
        json.writeEndObject();
    }

    /** Those that a pattern means. @param older what an age means: those that are older, or those that are not */
    private static List<ChannelRevision> choose(String pattern, List<ChannelRevision> all, boolean older)
            throws CairnException {
        return switch (GenerationPattern.parse(pattern)) {
            case GenerationPattern.Numbers(List<Integer> numbers) ->
                all.stream().filter(one -> numbers.contains(one.number())).toList();
            case GenerationPattern.Range(int first, int last) ->
                all.stream().filter(one -> one.number() >= first && one.number() <= last).toList();
            case GenerationPattern.Age(var duration) -> {
                Instant limit = Instant.now().minus(duration);
                yield all.stream().filter(one -> one.fetched().isBefore(limit) == older).toList();
            }
        };
    }

    /** @param target a number, or {@code +N} or {@code -N} to be counted from the current one */
    String switchTo(String target, Channels channels) throws CairnException {
        List<ChannelRevision> all = history.revisions();
        TreeSet<Integer> numbers =
                all.stream().map(ChannelRevision::number).collect(Collectors.toCollection(TreeSet::new));
        OptionalInt wanted = GenerationSpecification.resolve(target, numbers, current(all));
        if (wanted.isEmpty() || !numbers.contains(wanted.getAsInt())) {
            throw new FailureException(
                    Texts.text("error.no-revision", target), Optional.of(Texts.text("hint.no-revision")));
        }
        channels.switchRevision(channel, wanted.getAsInt());
        return Texts.text("revision.switched", channel, current(all), wanted.getAsInt());
    }

    String rollBack() throws CairnException {
        int before = current(history.revisions());
        return Texts.text("revision.switched", channel, before, history.rollBack().number());
    }

    String delete(String pattern) throws CairnException {
        List<Integer> numbers = choose(pattern, history.revisions(), true).stream()
                .filter(one -> !one.current())
                .map(ChannelRevision::number)
                .toList();
        if (numbers.isEmpty()) {
            throw new FailureException(
                    Texts.text("error.no-revision", pattern), Optional.of(Texts.text("hint.no-revision")));
        }
        history.delete(numbers);
        return Texts.text(
                "revision.deleted", channel, numbers.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    /** Fetches a commit, unless it is kept already, and has the channel offer it. */
    String fetch(String commit, EventSink events, Channels channels) throws CairnException {
        int before = current(history.revisions());
        int number = history.at(commit, events)
                .status()
                .revision()
                .map(ChannelRevision::number)
                .orElseThrow();
        channels.switchRevision(channel, number);
        return Texts.text("revision.switched", channel, before, number);
    }

    /** Has the channel offer what a list of channels says of Guix. */
    String take(ChannelDefinition guix, EventSink events, Channels channels) throws CairnException {
        int before = current(history.revisions());
        ChannelRevision taken = channels.take(channel, guix, events);
        return Texts.text("revision.taken", channel, before, taken.number(), taken.commit());
    }

    private static int current(List<ChannelRevision> all) {
        return all.stream().filter(ChannelRevision::current).mapToInt(ChannelRevision::number).findFirst().orElse(0);
    }
}
