// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.WireLimits;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.SubstituteInfo;
import dev.cairn.event.EventSink;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Requests about items that could be fetched, and to fetch one (daemon, sections 4.4 and 4.6). */
final class SubstituteRequests {
    /** From this minor version on, clients are told the size of NARs. */
    private static final int WITH_NAR_SIZE = 7;

    private final Conversation conversation;

    SubstituteRequests(Conversation conversation) {
        this.conversation = conversation;
    }

    /** Whether one item could be fetched. */
    void has() throws IOException {
        ItemName item = conversation.item();
        conversation.answer(
                (daemon, events) -> !find(daemon, List.of(item), events).isEmpty(), WireWriter::writeBool);
    }

    /** Which items could be. */
    void paths() throws IOException {
        List<ItemName> items = conversation.items();
        conversation.answer(
                (daemon, events) -> new TreeSet<>(find(daemon, items, events).keySet()), WireWriter::writeStorePaths);
    }

    /** What is known of one. */
    void info() throws IOException {
        String text = conversation.in().readText(WireLimits.NAME);
        conversation.answer(
                (daemon, events) -> find(daemon, List.of(ItemName.of(daemon.storeDirectory(), text)), events),
                (out, found) -> {
                    out.writeInt(found.size());
                    for (SubstituteInfo info : found.values()) {
                        writeInfo(out, info);
                    }
                });
    }

    /** What is known of several. */
    void infos() throws IOException {
        answerInfos(conversation.items());
    }

    /** The same, by names that came in another form. */
    void infos(Collection<String> names) throws IOException {
        conversation.answer(
                (daemon, events) -> {
                    List<ItemName> items = new ArrayList<>();
                    names.forEach(name -> items.add(ItemName.of(daemon.storeDirectory(), name)));
                    return find(daemon, items, events);
                },
                this::writeInfos);
    }

    private void answerInfos(List<ItemName> items) throws IOException {
        conversation.answer((daemon, events) -> find(daemon, items, events), this::writeInfos);
    }

    private void writeInfos(WireWriter out, SortedMap<StorePath, SubstituteInfo> found) throws IOException {
        out.writeInt(found.size());
        for (SubstituteInfo info : found.values()) {
            out.writeStorePath(info.path());
            writeInfo(out, info);
        }
    }

    private void writeInfo(WireWriter out, SubstituteInfo info) throws IOException {
        out.writeText(info.deriver().map(StorePath::toString).orElse(""));
        out.writeStorePaths(info.references());
        out.writeLong(info.downloadSize().orElse(0));
        if (conversation.version().atLeast(WITH_NAR_SIZE)) {
            out.writeLong(info.narSize());
        }
    }

    private static SortedMap<StorePath, SubstituteInfo> find(
            Daemon daemon, Collection<ItemName> items, EventSink events) throws DaemonException {
        TreeSet<StorePath> paths = new TreeSet<>();
        items.forEach(item -> item.path().ifPresent(paths::add));
        return paths.isEmpty() ? new TreeMap<>() : daemon.substitutable(paths, events);
    }

    /** Makes one valid. */
    void ensure() throws IOException {
        ItemName item = conversation.item();
        conversation.answer(
                (daemon, events) -> {
                    if (item.path().isEmpty()) {
                        throw Refusals.of("path `" + item.text() + "' does not exist and cannot be created");
                    }
                    daemon.ensure(List.of(item.path().get()), conversation.options().builds(), events);
                    return item;
                },
                Conversation.DONE);
    }
}
