// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.operation;

import dev.cairn.app.format.Subjects;
import dev.cairn.event.Event;
import dev.cairn.ui.l10n.Messages;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** One thing that an operation does, such as building an item. Lives on the user interface's thread. */
public final class Activity {
    /** How far it is. */
    public enum State {
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    /** Whose progress is in octets. */
    private static final Set<Event.Kind> OCTETS = EnumSet.of(
            Event.Kind.DOWNLOAD,
            Event.Kind.FETCH,
            Event.Kind.SUBSTITUTE,
            Event.Kind.COLLECT,
            Event.Kind.ADD);

    static final Duration STALLED_AFTER = Duration.ofSeconds(10);
    private static final Messages TEXTS = Messages.of("shell");

    private final Event.Kind kind;
    private final Step step;
    private final String subject;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.RUNNING);
    private final ReadOnlyStringWrapper detail = new ReadOnlyStringWrapper("");
    private String phase = "";
    private final Transfer transfer = new Transfer(OptionalLong.empty());
    private long done;
    private OptionalLong total = OptionalLong.empty();
    private Instant lastSign;
    private long stalledSeconds;

    /** @param prepares whether it only fetches, unpacks or links what others have built */
    Activity(Event.Started started, boolean prepares, Instant now) {
        String brief = Subjects.brief(started.subject());
        this.kind = started.kind();
        this.step = kind == Event.Kind.BUILD ? Step.of(brief, prepares) : Step.OTHER;
        this.subject = step.subject(brief);
        this.lastSign = now;
        transfer.reached(0, now);
    }

    public Event.Kind kind() {
        return kind;
    }

    /** What it works on, without the store's folder and hash. */
    public String subject() {
        return subject;
    }

    /** A sentence such as {@code Building hello-2.12}. */
    public String title() {
        String key = step == Step.OTHER ? "kind." + kind.name() : "step." + step.name();
        return TEXTS.text(key.toLowerCase(Locale.ROOT), subject);
    }

    /** Whether people get something from seeing it: a download is a row of its own below the build that is for it. */
    boolean isShown() {
        return step != Step.FETCH;
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Phase, octets and whether it stands still, as one line; may be empty. */
    public ReadOnlyStringProperty detailProperty() {
        return detail.getReadOnlyProperty();
    }

    void progress(Event.Progressed event, Instant now) {
        done = Math.max(0, event.done());
        total = event.total();
        transfer.total(total);
        transfer.reached(done, now);
        sign(now);
    }

    /** Whether it brings octets from elsewhere that no other activity counts. */
    boolean isTransfer() {
        return kind == Event.Kind.DOWNLOAD || kind == Event.Kind.FETCH;
    }

    /** Octets that came, if that is what it is for. */
    long downloaded() {
        // What came in vain is no part of what is needed; a whole that failed brought some of that, however.
        return isTransfer() && (kind == Event.Kind.FETCH || state.get() != State.FAILED) ? done : 0;
    }

    /** Octets that will come, where that is known. */
    OptionalLong expected() {
        return total;
    }

    void phase(String name, Instant now) {
        phase = name;
        sign(now);
    }

    void sign(Instant now) {
        lastSign = now;
        stalledSeconds = 0;
        describe(now);
    }

    void end(State newState, Instant now) {
        stalledSeconds = 0;
        state.set(newState);
        describe(now);
    }

    /** Notices that nothing was heard for a while. */
    void tick(Instant now) {
        if (state.get() != State.RUNNING) {
            return;
        }
        Duration silent = Duration.between(lastSign, now);
        if (silent.compareTo(STALLED_AFTER) >= 0) {
            stalledSeconds = silent.toSeconds();
            transfer.interrupted();
        }
        describe(now);
    }

    private void describe(Instant now) {
        // Where an item comes from is said last: how it gets on matters more, and may be all there is room for.
        boolean phaseLast = kind == Event.Kind.SUBSTITUTE && done > 0;
        StringBuilder text = new StringBuilder(phaseLast ? "" : phase);
        boolean octets = step == Step.UNPACK || OCTETS.contains(kind);
        if (done > 0 && octets) {
            append(text, transfer.extent());
            if (state.get() == State.RUNNING) {
                transfer.pace(now).forEach(part -> append(text, part));
            }
        } else if (done > 0) {
            append(text, total.isPresent() ? done + " / " + total.getAsLong() : Long.toString(done));
        }
        if (stalledSeconds > 0) {
            append(text, TEXTS.text("activity.stalled", stalledSeconds));
        }
        if (phaseLast && !phase.isEmpty()) {
            append(text, phase);
        }
        detail.set(text.toString());
    }

    private static void append(StringBuilder text, String part) {
        text.append(text.isEmpty() ? "" : " \u00b7 ").append(part);
    }
}
