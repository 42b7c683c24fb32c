// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.daemon.BuildFailure;
import dev.cairn.daemon.BuildMode;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.FailedRequest;
import dev.cairn.event.EventSink;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Requests to build (daemon, section 4.5). */
final class BuildRequests {
    private static final char OUTPUTS = '!';
    private static final String DERIVATION = ".drv";

    private final Conversation conversation;

    BuildRequests(Conversation conversation) {
        this.conversation = conversation;
    }

    /**
     * Answers a request.
     *
     * @param things items, or derivations with the names of some of their outputs; those that are no derivations are
     *     fetched, and it is no error that nobody offers them
     */
    void build(Collection<ItemName> things, BuildMode mode) throws IOException {
        BuildOptions options =
                conversation.options().builds().change().mode(mode).build();
        conversation.answer((daemon, events) -> build(daemon, things, options, events), Conversation.DONE);
    }

    private static Object build(Daemon daemon, Collection<ItemName> things, BuildOptions options, EventSink events)
            throws DaemonException {
        // A thing that is named twice is built once.
        TreeMap<String, BuildTarget> targets = new TreeMap<>();
        TreeSet<StorePath> items = new TreeSet<>();
        for (ItemName thing : things) {
            String text = thing.text();
            int mark = text.indexOf(OUTPUTS);
            String derivation = mark < 0 ? text : text.substring(0, mark);
            if (derivation.endsWith(DERIVATION)) {
                String outputs = mark < 0 ? "" : text.substring(mark + 1);
                targets.put(text, new BuildTarget(path(daemon, derivation), names(outputs)));
            } else {
                thing.path().ifPresent(items::add);
            }
        }
        fetch(daemon, items, options, events);
        if (!targets.isEmpty()) {
            daemon.build(targets.values(), options, events);
        }
        return targets;
    }

    /** Fetches items that are no derivations. That nobody offers one, or all that it needs, is no failure. */
    private static void fetch(Daemon daemon, TreeSet<StorePath> items, BuildOptions options, EventSink events)
            throws DaemonException {
        items.removeAll(daemon.valid(items));
        if (items.isEmpty()) {
            return;
        }
        for (StorePath offered : daemon.substitutable(items, events).keySet()) {
            try {
                daemon.ensure(List.of(offered), options, events);
            } catch (DaemonException.NotSubstituted e) {
                if (!daemon.substitutable(List.of(e.path()), events).isEmpty()) {
                    throw e.endOf(new FailedRequest(new TreeSet<>(List.of(offered)), EnumSet.of(BuildFailure.OTHER)));
                }
            }
        }
    }

    private static TreeSet<String> names(String outputs) {
        return outputs.isEmpty() ? new TreeSet<>() : new TreeSet<>(Arrays.asList(outputs.split(",")));
    }

    private static StorePath path(Daemon daemon, String name) throws DaemonException {
        return ItemName.of(daemon.storeDirectory(), name).orNotValid();
    }
}
