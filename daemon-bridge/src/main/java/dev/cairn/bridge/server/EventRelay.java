// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what an operation tells into the texts that guix-daemon would send (daemon, section 6). */
final class EventRelay implements EventSink {
    private static final String NESTING = "|   ";

    /** Stands for builders that nothing is known of. */
    private static final String OWN_NUMBER = Long.toString(ProcessHandle.current().pid());

    /** Ends with the number by which the output of a builder is told from that of others. */
    private static final Pattern STARTED = Pattern.compile("@ build-started .* ([0-9]+)");

    /** A build is prepared from such a text on until it starts. */
    private static final Pattern PREPARING = Pattern.compile("(building|checking|repairing) path\\(s\\) .*");

    private final LogOptions options;
    private final Outbox outbox;
    private final Map<Long, String> builders = new ConcurrentHashMap<>();
    private final Set<Long> preparing = ConcurrentHashMap.newKeySet();

    EventRelay(LogOptions options, Outbox outbox) {
        this.options = options;
        this.outbox = outbox;
    }

    @Override
    public void accept(Event event) {
        switch (event) {
            case Event.Output output -> tell(output);
            case Event.Message message -> tell(message);
            case Event.Trace trace -> tell(trace);
            case Event.Finished finished -> forget(finished.activity());
            case Event.Failed failed -> forget(failed.activity());
            case Event.Cancelled cancelled -> forget(cancelled.activity());
            case Event.Started _, Event.Progressed _, Event.Phase _, Event.LogLine _, Event.Note _ -> {
                // Told in guix-daemon's words beside, where guix-daemon tells it.
            }
        }
    }

    private void forget(long activity) {
        builders.remove(activity);
        preparing.remove(activity);
    }

    private void tell(Event.Message message) {
        if (!options.tells(message.level())) {
            return;
        }
        String prefix = options.nested() && preparing.contains(message.activity()) ? NESTING : "";
        outbox.post(Outbox.Kind.TEXT, line(prefix + message.text()));
        if (PREPARING.matcher(message.text()).matches()) {
            preparing.add(message.activity());
        }
    }

    private void tell(Event.Trace trace) {
        Matcher started = STARTED.matcher(trace.line());
        if (started.matches()) {
            builders.put(trace.activity(), started.group(1));
            preparing.remove(trace.activity());
        }
        // Never indented, so that programs find them.
        if (options.traces()) {
            outbox.post(Outbox.Kind.TRACE, line(trace.line()));
        }
    }

    private void tell(Event.Output output) {
        if (!options.tellsOutput()) {
            return;
        }
        byte[] octets = output.octets();
        if (options.multiplexed()) {
            String builder = builders.getOrDefault(output.activity(), OWN_NUMBER);
            byte[] head = line("@ build-log " + builder + " " + octets.length);
            ByteArrayOutputStream text = new ByteArrayOutputStream(head.length + octets.length);
            text.writeBytes(head);
            text.writeBytes(octets);
            octets = text.toByteArray();
        }
        outbox.post(Outbox.Kind.OUTPUT, octets);
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
