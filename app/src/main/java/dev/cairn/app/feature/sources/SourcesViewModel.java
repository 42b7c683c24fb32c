// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.sources;

import dev.cairn.app.channel.ChannelActions;
import dev.cairn.app.channel.ChannelRow;
import dev.cairn.app.channel.ChannelsModel;
import dev.cairn.app.format.RelativeTimes;
import dev.cairn.app.task.Failure;
import dev.cairn.channel.ChannelRevision;
import dev.cairn.channel.SourceStatus;
import dev.cairn.ui.l10n.Messages;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;

/** Which channels there are, how fresh they are, who vouches for them, and what can be done with them. */
public final class SourcesViewModel {
    private static final Messages TEXTS = Messages.of("sources");

    /** As much of a fingerprint as people compare. */
    private static final int SHORT_KEY = 16;

    /** As much of a commit. */
    private static final int SHORT = 7;

    private final ChannelsModel channels;
    private final InstantSource clock;
    private final DateTimeFormatter dates;
    private final ReadOnlyObjectWrapper<List<Card>> cards = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper(true);
    private final BooleanProperty adding = new SimpleBooleanProperty(false);

    public SourcesViewModel(ChannelsModel channels, InstantSource clock, ZoneId zone) {
        this.channels = channels;
        this.clock = clock;
        this.dates = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(Locale.UK)
                .withZone(zone);
        channels.rowsProperty().subscribe(this::publish);
        channels.packagesProperty().subscribe(this::publish);
        channels.knownProperty().subscribe(this::publish);
        channels.busyProperty().subscribe(this::publish);
        channels.pastProperty().subscribe(this::publish);
    }

    /** How it stands with something, in one word. */
    enum State {
        FINE,
        WAITING,
        PROBLEM,
        DISABLED
    }

    /**
     * A channel.
     *
     * @param about what it offers and when that was fetched
     * @param fetches whether it can be fetched
     * @param revision what it offers now, of a channel that keeps revisions; may be empty
     * @param revisions those it keeps, the latest first
     */
    record Card(
            String name,
            State state,
            String stateText,
            String about,
            String origin,
            int priority,
            boolean enabled,
            boolean removable,
            boolean fetches,
            List<Place> places,
            List<String> problems,
            String revision,
            List<Revision> revisions) {}

    /**
     * What a channel offered at one time.
     *
     * @param label its commit, shortened
     * @param facts when that was, and how much it had
     * @param current whether the channel offers it now
     * @param shown whether the window looks into it now
     */
    record Revision(int number, String label, String facts, boolean current, boolean shown) {}

    /**
     * A place that a channel is fetched from.
     *
     * @param facts its date and who signed it; may be empty
     * @param warnings checks that were left out
     * @param problem what is wrong and what to do about it; may be empty
     */
    record Place(String label, String facts, List<String> warnings, String problem) {}

    ReadOnlyObjectProperty<List<Card>> cardsProperty() {
        return cards.getReadOnlyProperty();
    }

    /** A sentence on what is looked into, if not the present. */
    ObservableValue<Optional<String>> pastProperty() {
        return channels.pastProperty().map(past -> past.map(there -> TEXTS.text(
                "past", there.channel(), there.revision().shortCommit(), date(there.revision()))));
    }

    /** How many channels and packages there are. */
    public ReadOnlyStringProperty subtitleProperty() {
        return subtitle.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    /** Whether something is being fetched or changed. */
    public ReadOnlyBooleanProperty busyProperty() {
        return channels.busyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return channels.failureProperty();
    }

    /** Whether the sheet for adding a channel is open. */
    public BooleanProperty addingProperty() {
        return adding;
    }

    public void reload() {
        channels.reload();
        publish();
    }

    void fetchAll() {
        if (!channels.busyProperty().get()) {
            channels.fetch(TEXTS.text("operation.fetch.all"), Optional.empty());
        }
    }

    void fetch(Card card) {
        channels.fetch(TEXTS.text("operation.fetch", card.name()), Optional.of(card.name()));
    }

    void setEnabled(Card card, boolean enabled) {
        if (enabled != card.enabled()) {
            channels.change(
                    TEXTS.text(enabled ? "operation.enable" : "operation.disable", card.name()),
                    actions -> actions.setEnabled(card.name(), enabled));
        }
    }

    void setPriority(Card card, int priority) {
        if (priority != card.priority()) {
            channels.change(
                    TEXTS.text("operation.priority", card.name(), priority),
                    actions -> actions.setPriority(card.name(), priority));
        }
    }

    void remove(Card card) {
        channels.change(TEXTS.text("operation.remove", card.name()), actions -> actions.remove(card.name()));
    }

    private void publish() {
        List<ChannelRow> rows = channels.rowsProperty().get();
        loading.set(!channels.knownProperty().get());
        cards.set(rows.stream().map(this::card).toList());
        if (channels.busyProperty().get()) {
            subtitle.set(TEXTS.text("subtitle.busy"));
        } else {
            subtitle.set(rows.isEmpty() ? "" : TEXTS.text("subtitle", rows.size(), channels.packagesProperty().get()));
        }
    }

    private Card card(ChannelRow row) {
        List<Place> places = row.status().sources().stream().map(this::place).toList();
        long wrong = row.problems().size()
                + places.stream().filter(place -> !place.problem().isEmpty()).count();
        State state = !row.enabled()
                ? State.DISABLED
                : row.waitsForFetching() ? State.WAITING : wrong > 0 ? State.PROBLEM : State.FINE;
        return new Card(
                row.name(),
                state,
                TEXTS.text("state." + state.name().toLowerCase(Locale.ROOT), wrong),
                about(row),
                row.origin(),
                row.priority(),
                row.enabled(),
                row.removable(),
                row.enabled() && row.status().fetches(),
                places,
                row.problems(),
                row.status().revision().map(this::revision).orElse(""),
                row.revisions().reversed().stream().map(revision -> revision(row, revision)).toList());
    }

    /** Such as {@code Commit 0123abc of 1 May 2026, branch master}. */
    private String revision(ChannelRevision revision) {
        String key = revision.branch().isEmpty() ? "revision.commit" : "revision.branch";
        return TEXTS.text(key, revision.shortCommit(), date(revision), revision.branch());
    }

    private String date(ChannelRevision revision) {
        return dates.format(revision.date().orElse(revision.fetched()));
    }

    private Revision revision(ChannelRow row, ChannelRevision revision) {
        boolean looked = channels.pastProperty().get()
                .filter(past -> past.channel().equals(row.name())
                        && past.revision().commit().equals(revision.commit()))
                .isPresent();
        String facts = TEXTS.text(
                "revision.facts",
                date(revision),
                revision.packages(),
                RelativeTimes.text(revision.fetched(), clock.instant()));
        return new Revision(revision.number(), revision.shortCommit(), facts, revision.current(), looked);
    }

    /** Has a channel offer what it offered at another time. */
    void goBack(Card card, Revision revision) {
        channels.change(
                TEXTS.text("operation.switch", card.name(), revision.label()),
                actions -> actions.switchRevision(card.name(), revision.number()));
    }

    /** Looks into a revision that is kept. */
    void lookInto(Card card, Revision revision) {
        channels.lookInto(
                TEXTS.text("operation.look", card.name(), revision.label()),
                card.name(),
                Integer.toString(revision.number()));
    }

    /** Looks into any commit; it is fetched if it is not kept. */
    void lookInto(Card card, String commit) {
        String wanted = commit.strip().toLowerCase(Locale.ROOT);
        if (!wanted.isEmpty()) {
            channels.lookInto(
                    TEXTS.text("operation.look", card.name(), wanted.substring(0, Math.min(SHORT, wanted.length()))),
                    card.name(),
                    wanted);
        }
    }

    void lookAtPresent() {
        channels.change(TEXTS.text("operation.present"), ChannelActions::lookAtPresent);
    }

    private String about(ChannelRow row) {
        List<String> parts = new ArrayList<>();
        if (!row.status().description().isEmpty()) {
            parts.add(row.status().description());
        }
        // While the past is looked into, the catalog has nothing of the present.
        if (row.enabled() && !row.waitsForFetching() && channels.pastProperty().get().isEmpty()) {
            parts.add(TEXTS.text("packages", row.packages()));
        }
        row.status()
                .fetched()
                .map(time -> TEXTS.text("fetched", RelativeTimes.text(time, clock.instant())))
                .ifPresent(parts::add);
        return String.join(" \u00b7 ", parts);
    }

    private Place place(SourceStatus source) {
        List<String> facts = new ArrayList<>();
        source.date().map(date -> TEXTS.text("place.date", dates.format(date))).ifPresent(facts::add);
        source.validUntil().map(this::validity).ifPresent(facts::add);
        if (!source.signers().isEmpty()) {
            facts.add(TEXTS.text(
                    "place.signed",
                    source.signers().size(),
                    source.signers().stream()
                            .map(SourcesViewModel::shortKey)
                            .sorted(Comparator.naturalOrder())
                            .collect(Collectors.joining(", "))));
        }
        String problem = source.problem()
                .map(text -> Failure.sentences(text, source.hint()))
                .orElse("");
        List<String> relaxed = source.relaxed().stream()
                .map(check -> Failure.sentences(check, Optional.empty()))
                .toList();
        return new Place(source.label(), String.join(" \u00b7 ", facts), relaxed, problem);
    }

    private String validity(Instant until) {
        return TEXTS.text(
                until.isBefore(clock.instant()) ? "place.expired" : "place.valid", dates.format(until));
    }

    private static String shortKey(String fingerprint) {
        return fingerprint.substring(Math.max(0, fingerprint.length() - SHORT_KEY));
    }
}
