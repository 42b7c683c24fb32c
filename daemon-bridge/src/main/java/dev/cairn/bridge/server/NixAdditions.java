// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.FramedInput;
import dev.cairn.bridge.wire.WireException;
import dev.cairn.bridge.wire.WireLimits;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.error.FormatException;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.ContentAddress;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Requests of Nix's dialect that put something into the store (daemon, section 17). */
final class NixAdditions {
    /** From this minor version on, contents come in frames and the answer tells all about the item. */
    private static final int ADDS_FRAMED = 25;

    private static final int ITEMS_FRAMED = 23;

    /** From this minor version on, archives are asked for. */
    private static final int ITEMS_ASKED_FOR = 21;

    private final Conversation conversation;
    private final StoreDirectory store;

    NixAdditions(Conversation conversation, StoreDirectory store) {
        this.conversation = conversation;
        this.store = store;
    }

    /** A file, a tree or a text. */
    void addToStore() throws IOException {
        if (!conversation.version().atLeast(ADDS_FRAMED)) {
            new TreeRequest(conversation).answer();
            return;
        }
        WireReader in = conversation.in();
        String name = in.readText(WireLimits.NAME);
        String method = in.readText(WireLimits.NAME);
        List<StorePath> references = in.readStorePaths(store);
        // Whether what is there already is to be replaced, which it never is.
        in.readBool();
        conversation.answerStream(
                (daemon, _) -> {
                    try (FramedInput contents = new FramedInput(in)) {
                        StorePath path = add(daemon, name, rule(method), references, contents);
                        return daemon.pathInfo(path).orElseThrow(() -> new DaemonException.NotValid(path));
                    }
                },
                (out, info) -> {
                    out.writeStorePath(info.path());
                    NixPathInfos.write(out, info, conversation.version());
                });
    }

    private static ContentAddress.Rule rule(String method) throws DaemonException {
        try {
            return ContentAddress.Rule.parse(method);
        } catch (FormatException e) {
            throw new DaemonException.Refused(e.getMessage(), e.hint());
        }
    }

    private static StorePath add(
            Daemon daemon, String name, ContentAddress.Rule rule, List<StorePath> references, InputStream contents)
            throws DaemonException, IOException {
        if (rule.method() == ContentAddress.Method.TEXT) {
            byte[] text = contents.readNBytes(WireLimits.TEXT + 1);
            if (text.length > WireLimits.TEXT) {
                throw refusal("the text '" + name + "' is larger than " + WireLimits.TEXT + " octets");
            }
            return daemon.addText(name, text, new TreeSet<>(references));
        }
        if (!references.isEmpty()) {
            throw refusal("'" + name + "' cannot be added with references, as it is no text");
        }
        if (rule.method() == ContentAddress.Method.RECURSIVE) {
            return daemon.addNar(name, contents, true, rule.algorithm());
        }
        try (Spool file = new Spool(contents);
                InputStream octets = file.contents()) {
            InputStream nar = new SequenceInputStream(Collections.enumeration(List.of(
                    new ByteArrayInputStream(NarWriter.beforeContents(false, file.size())),
                    octets,
                    new ByteArrayInputStream(NarWriter.afterContents(file.size())))));
            return daemon.addNar(name, nar, false, rule.algorithm());
        }
    }

    /** An item with all that is known of it. */
    void addItem() throws IOException {
        WireReader in = conversation.in();
        PathInfo info = NixPathInfos.read(in, store);
        in.readBool();
        boolean unchecked = in.readBool();
        conversation.answerStream(
                (daemon, _) -> {
                    if (conversation.version().atLeast(ITEMS_FRAMED)) {
                        try (FramedInput nar = new FramedInput(in)) {
                            daemon.addItem(info, nar, isChecked(unchecked));
                        }
                    } else if (conversation.version().atLeast(ITEMS_ASKED_FOR)) {
                        daemon.addItem(info, conversation.askedFor(), isChecked(unchecked));
                    } else {
                        try {
                            daemon.addItem(info, conversation.rest(), isChecked(unchecked));
                        } catch (DaemonException e) {
                            throw Archives.failure(e);
                        }
                    }
                    return info;
                },
                Conversation.SILENT);
    }

    /** Several such items, in an order in which each comes after those that it refers to. */
    void addItems() throws IOException {
        WireReader in = conversation.in();
        in.readBool();
        boolean unchecked = in.readBool();
        conversation.answerStream(
                (daemon, _) -> {
                    try (FramedInput frames = new FramedInput(in)) {
                        WireReader items = new WireReader(frames);
                        long count = items.readLong();
                        for (long i = 0; i != count; i++) {
                            PathInfo info = NixPathInfos.read(items, store);
                            daemon.addItem(info, frames, isChecked(unchecked));
                        }
                        return count;
                    }
                },
                Conversation.SILENT);
    }

    /** Only those who are trusted may vouch for items themselves. */
    private boolean isChecked(boolean unchecked) {
        return !unchecked || !conversation.peer().trusted();
    }

    void addSignatures() throws IOException {
        StorePath path = conversation.in().readStorePath(store);
        List<String> signatures = NixPathInfos.signatures(conversation.in());
        conversation.answer(
                (daemon, _) -> {
                    if (!conversation.peer().trusted()) {
                        throw refusal("you are not privileged to add signatures");
                    }
                    daemon.addSignatures(path, signatures);
                    return path;
                },
                Conversation.DONE);
    }

    /** What somebody else's builder wrote. */
    void addBuildLog() throws IOException {
        WireReader in = conversation.in();
        String name = in.readText(WireLimits.NAME);
        if (!conversation.peer().trusted()) {
            throw new WireException("you are not privileged to add logs");
        }
        conversation.answerStream(
                (daemon, _) -> {
                    try (FramedInput log = new FramedInput(in)) {
                        daemon.addBuildLog(store.item(name), log);
                    } catch (FormatException e) {
                        throw new DaemonException.Refused(e.getMessage(), e.hint());
                    }
                    return name;
                },
                Conversation.DONE);
    }

    private static DaemonException refusal(String text) {
        return new DaemonException.Refused(text, Optional.empty());
    }
}
