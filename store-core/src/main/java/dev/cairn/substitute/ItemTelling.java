// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.Event.Verbosity;
import dev.cairn.event.EventSink;
import java.util.Optional;
import java.util.OptionalLong;

/** Tells how one item is fetched: to people by events, to programs in guix-daemon's words (daemon, section 6.2). */
final class ItemTelling {
    private static final long PAUSE_NANOS = 100_000_000;

    private final Item item;
    private final Tally tally;
    private final Activities.Activity whole;
    private Optional<Activities.Activity> begun = Optional.empty();

    ItemTelling(Item item, Activities.Activity whole, Tally tally) {
        this.item = item;
        this.tally = tally;
        this.whole = whole;
    }

    /** The item's own activity, from the first download on. */
    private Activities.Activity activity() {
        if (begun.isEmpty()) {
            Activities.Activity activity = whole.child(Event.Kind.SUBSTITUTE, item.path().toString());
            begun = Optional.of(activity);
            activity.message(Verbosity.INFO, "fetching path `" + item.path() + "'...");
            activity.trace("@ substituter-started " + item.path() + " substitute");
        }
        return begun.get();
    }

    /** What takes the progress of one download. */
    Activities.Activity download(Candidate candidate) {
        activity().phase(candidate.shown());
        trace("started", candidate, size(candidate.downloadSize()));
        return new Activities(new Relay(candidate)).start(Event.Kind.DOWNLOAD, candidate.address().toString());
    }

    void succeeded() {
        begun.ifPresent(activity -> {
            activity.trace("@ substituter-succeeded " + item.path());
            activity.finish();
        });
    }

    /** Something else is tried. */
    void passedOver(Candidate candidate, CandidateException reason, Optional<Candidate> next) {
        activity().note("'" + item.path() + "' did not come from " + candidate.shown() + ": " + reason.getMessage()
                + next.map(other -> "; trying " + other.shown()).orElse(""));
        String[] status = reason.status().split(" ");
        if (status[0].equals("hash-mismatch")) {
            activity().trace("@ hash-mismatch " + item.path() + " " + String.join(" ", status).substring(
                    status[0].length() + 1));
        }
    }

    /** Nothing is left to be tried. @param status as guix-daemon's helper says it */
    void failed(String status, String message) {
        String text = status.startsWith("hash-mismatch")
                ? "hash mismatch for substituted item `" + item.path() + "'"
                : "fetching path `" + item.path() + "' (status: '" + status + "')";
        activity().trace("@ substituter-failed " + item.path() + " " + status + " " + text);
        activity().message(Verbosity.ERROR, text);
        activity().fail(message, Optional.empty());
    }

    /** It was given up because of something else. */
    void givenUp() {
        begun.ifPresent(Activities.Activity::cancel);
    }

    private static String size(OptionalLong size) {
        return size.isPresent() ? Long.toString(size.getAsLong()) : "-";
    }

    private void trace(String what, Candidate candidate, String numbers) {
        activity().trace("@ download-" + what + " " + item.path() + " " + candidate.address() + " " + numbers);
    }

    /** Passes on how a download gets on, not too often. */
    private final class Relay implements EventSink {
        private final Candidate candidate;
        private long told = System.nanoTime();
        private long done;

        Relay(Candidate candidate) {
            this.candidate = candidate;
        }

        @Override
        public void accept(Event event) {
            switch (event) {
                case Event.Progressed progressed -> progressed(progressed.done(), progressed.total());
                case Event.LogLine line -> activity().note(line.line());
                case Event.Finished _ -> {
                    OptionalLong size = OptionalLong.of(done);
                    tally.came(item, activity(), done, size);
                    trace("progress", candidate, done + " " + done);
                    trace("succeeded", candidate, Long.toString(done));
                }
                default -> {
                    // The item's own activity tells the rest.
                }
            }
        }

        private void progressed(long octets, OptionalLong total) {
            done = octets;
            if (System.nanoTime() - told >= PAUSE_NANOS) {
                told = System.nanoTime();
                OptionalLong size = total.isPresent() ? total : candidate.downloadSize();
                tally.came(item, activity(), done, size);
                trace("progress", candidate, size(size) + " " + done);
            }
        }
    }
}
