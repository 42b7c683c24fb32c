// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.Activity;
import dev.cairn.bridge.wire.ProtocolVersion;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Turns what an operation tells into the activities that nix-daemon would tell of (daemon, section 17). */
final class NixRelay implements EventSink {
    /** Clients know activities from this minor version on; older ones get texts. */
    private static final int ACTIVITIES = 20;

    private static final int LEVEL = 3;

    private static final int LOG_LINE = 101;
    private static final int PHASE = 104;
    private static final int PROGRESS = 105;

    private final LogOptions options;
    private final Outbox outbox;
    private final boolean activities;
    private final Map<Long, Event.Kind> running = new ConcurrentHashMap<>();

    NixRelay(LogOptions options, Outbox outbox, ProtocolVersion version) {
        this.options = options;
        this.outbox = outbox;
        this.activities = version.atLeast(ACTIVITIES);
    }

    @Override
    public void accept(Event event) {
        switch (event) {
            case Event.Started started -> start(started);
            case Event.LogLine line -> logLine(line);
            case Event.Phase phase -> told(phase.activity(), PHASE, List.of(new Activity.Field.Text(phase.name())));
            case Event.Progressed progressed -> progress(progressed);
            case Event.Message message -> text(message);
            case Event.Note note -> text(Event.Verbosity.INFO, note.text());
            case Event.Finished finished -> stop(finished.activity());
            case Event.Failed failed -> stop(failed.activity());
            case Event.Cancelled cancelled -> stop(cancelled.activity());
            case Event.Output _, Event.Trace _ -> {
                // Lines and activities say the same.
            }
        }
    }

    private void start(Event.Started started) {
        int type = type(started.kind());
        running.put(started.activity(), started.kind());
        if (type == 0) {
            return;
        }
        String text = description(started);
        if (!activities) {
            text(Event.Verbosity.INFO, text + "...");
            return;
        }
        List<Activity.Field> fields =
                switch (started.kind()) {
                    // The machine, which round it is, and of how many.
                    case BUILD -> List.of(
                            new Activity.Field.Text(started.subject()),
                            new Activity.Field.Text(""),
                            new Activity.Field.Number(1),
                            new Activity.Field.Number(1));
                    case DOWNLOAD -> List.of(new Activity.Field.Text(started.subject()));
                    // The item, and where it comes from, of which there may be several.
                    case SUBSTITUTE ->
                        List.of(new Activity.Field.Text(started.subject()), new Activity.Field.Text(""));
                    default -> List.of();
                };
        post(new Activity.Started(started.activity(), LEVEL, type, text, fields, 0), text.length());
    }

    /** Nix's number for what is shown; 0 for what is not. */
    private static int type(Event.Kind kind) {
        return switch (kind) {
            case BUILD -> 105;
            case DOWNLOAD -> 101;
            case FETCH -> 103;
            case OPTIMISE -> 106;
            case VERIFY -> 107;
            case SUBSTITUTE -> 108;
            case OPERATION, ADD, COLLECT, REFRESH -> 0;
        };
    }

    private static String description(Event.Started started) {
        return switch (started.kind()) {
            case BUILD -> "building '" + started.subject() + "'";
            case DOWNLOAD -> "downloading '" + started.subject() + "'";
            case OPTIMISE -> "optimising the store";
            case VERIFY -> "verifying the store";
            case SUBSTITUTE -> "fetching '" + started.subject() + "'";
            case OPERATION, FETCH, ADD, COLLECT, REFRESH -> started.subject();
        };
    }

    private void logLine(Event.LogLine line) {
        if (activities) {
            told(line.activity(), LOG_LINE, List.of(new Activity.Field.Text(line.line())));
        } else if (options.tellsOutput()) {
            outbox.post(Outbox.Kind.OUTPUT, octets(line.line()));
        }
    }

    private void progress(Event.Progressed progressed) {
        told(
                progressed.activity(),
                PROGRESS,
                List.of(
                        new Activity.Field.Number(progressed.done()),
                        new Activity.Field.Number(progressed.total().orElse(0)),
                        new Activity.Field.Number(0),
                        new Activity.Field.Number(0)));
    }

    private void told(long activity, int type, List<Activity.Field> fields) {
        if (activities && isShown(activity)) {
            int size = fields.stream()
                    .mapToInt(field -> field instanceof Activity.Field.Text(String text) ? text.length() : 0)
                    .sum();
            outbox.post(Outbox.Kind.OUTPUT, new Activity.Told(activity, type, fields), size);
        }
    }

    private void stop(long activity) {
        if (activities && isShown(activity)) {
            post(new Activity.Stopped(activity), 0);
        }
        running.remove(activity);
    }

    private boolean isShown(long activity) {
        Event.Kind kind = running.get(activity);
        return kind != null && type(kind) != 0;
    }

    private void post(Activity activity, int size) {
        outbox.post(Outbox.Kind.TRACE, activity, size);
    }

    /** What guix-daemon says of builds, activities and the failure itself say here. */
    private void text(Event.Message message) {
        if (running.get(message.activity()) != Event.Kind.BUILD && !message.text().startsWith("builder for `")) {
            text(message.level(), message.text().replace('`', '\''));
        }
    }

    private void text(Event.Verbosity level, String text) {
        if (options.tells(level)) {
            outbox.post(Outbox.Kind.TEXT, octets(text));
        }
    }

    private static byte[] octets(String line) {
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
