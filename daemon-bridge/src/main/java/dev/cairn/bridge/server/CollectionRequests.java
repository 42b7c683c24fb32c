// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.Codes;
import dev.cairn.bridge.wire.WireException;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.CollectionResult;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.event.EventSink;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Requests to collect garbage (daemon, sections 4.8 and 14). */
final class CollectionRequests {
    private final Conversation conversation;

    CollectionRequests(Conversation conversation) {
        this.conversation = conversation;
    }

    void answer() throws IOException {
        if (conversation.peer().remote()) {
            throw new WireException("Garbage collection is disabled for remote hosts.");
        }
        WireReader in = conversation.in();
        long code = in.readInt();
        CollectionRequest.Action action =
                Codes.action(code).orElseThrow(() -> new WireException("invalid collection action " + code));
        Set<StorePath> paths = new TreeSet<>();
        for (ItemName item : conversation.items()) {
            item.path().ifPresent(paths::add);
        }
        boolean ignoresLiveness = in.readBool();
        long limit = in.readLong();
        in.readInt();
        if (conversation.version().atLeast(5)) {
            in.readInt();
            in.readInt();
        }
        conversation.answer(
                (daemon, events) -> {
                    if (ignoresLiveness) {
                        throw Refusals.of("you are not allowed to ignore liveness");
                    }
                    return collect(daemon, action, paths, limit, events);
                },
                CollectionRequests::write);
    }

    /** @param limit octets, without sign; nobody has so many that one more digit would matter */
    private static CollectionResult collect(
            Daemon daemon, CollectionRequest.Action action, Set<StorePath> paths, long limit, EventSink events)
            throws DaemonException {
        if (limit == 0 && action != CollectionRequest.Action.DELETE_SPECIFIC) {
            // Whoever wants nothing freed gets nothing told either.
            daemon.collectGarbage(CollectionRequest.listDead(), events);
            return new CollectionResult(List.of(), 0);
        }
        OptionalLong most = limit < 0 ? OptionalLong.empty() : OptionalLong.of(limit);
        return switch (action) {
            case LIST_LIVE -> daemon.collectGarbage(CollectionRequest.listLive(), events);
            case LIST_DEAD -> daemon.collectGarbage(CollectionRequest.listDead(), events);
            case DELETE_DEAD ->
                daemon.collectGarbage(new CollectionRequest(action, most, Set.of(), false), events);
            case DELETE_SPECIFIC -> daemon.collectGarbage(CollectionRequest.deleteSpecific(paths, false), events);
        };
    }

    private static void write(WireWriter out, CollectionResult result) throws IOException {
        out.writeTexts(result.paths());
        out.writeLong(result.bytes());
        out.writeLong(0);
    }
}
