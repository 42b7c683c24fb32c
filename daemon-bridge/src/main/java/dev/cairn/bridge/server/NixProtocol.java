// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.Operation;
import dev.cairn.bridge.wire.WireException;
import dev.cairn.bridge.wire.WireLimits;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.fs.NarFiles;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Nix's dialect, up to version 1.34 (daemon, section 17). */
final class NixProtocol implements Protocol {
    private static final int MISSING_IS_NO_ERROR = 17;
    private static final int MAY_SUBSTITUTE = 27;
    private static final int ADDRESSED = 22;
    private static final int JSON_REALISATIONS = 31;

    private final Conversation conversation;
    private final StoreDirectory store;
    private final CommonRequests common;
    private final NixAdditions additions;
    private final NixBuilds builds;

    NixProtocol(Conversation conversation, StoreDirectory store) {
        this.conversation = conversation;
        this.store = store;
        this.common = new CommonRequests(conversation);
        this.additions = new NixAdditions(conversation, store);
        this.builds = new NixBuilds(conversation, store);
    }

    @Override
    public void answer(Operation operation) throws IOException {
        switch (operation) {
            case SET_OPTIONS -> setOptions();
            case ADD_TO_STORE -> additions.addToStore();
            case ADD_TO_STORE_NAR -> additions.addItem();
            case ADD_MULTIPLE_TO_STORE -> additions.addItems();
            case ADD_SIGNATURES -> additions.addSignatures();
            case ADD_BUILD_LOG -> additions.addBuildLog();
            case BUILD_THINGS -> builds.build();
            case BUILD_PATHS_WITH_RESULTS -> builds.buildWithResults();
            case BUILD_DERIVATION -> builds.buildDerivation();
            case QUERY_MISSING -> builds.queryMissing();
            case QUERY_DERIVATION_OUTPUT_MAP -> builds.outputMap();
            case QUERY_PATH_INFO -> pathInfo();
            case QUERY_VALID_PATHS -> validPaths();
            case QUERY_SUBSTITUTABLE_PATH_INFOS -> substitutable();
            case NAR_FROM_PATH -> narFromPath();
            case EXPORT_PATH -> exportPath();
            case QUERY_REALISATION -> queryRealisation();
            case REGISTER_DRV_OUTPUT -> registerRealisation();
            default -> {
                if (!common.answer(operation)) {
                    throw new WireException("invalid operation " + operation.number());
                }
            }
        }
    }

    private void setOptions() throws IOException {
        OptionsRequest request = OptionsRequest.read(conversation.in(), conversation.version());
        conversation.answer(
                (daemon, events) -> {
                    SessionOptions wanted =
                            new NixOptions(conversation.setup(), conversation.peer(), request, events).apply();
                    conversation.setOptions(wanted);
                    if (!wanted.settings().equals(daemon.settings())) {
                        daemon.configure(wanted.settings());
                    }
                    return wanted;
                },
                Conversation.SILENT);
    }

    private void pathInfo() throws IOException {
        StorePath item = conversation.in().readStorePath(store);
        boolean tells = conversation.version().atLeast(MISSING_IS_NO_ERROR);
        conversation.answer(
                (daemon, _) -> {
                    var info = daemon.pathInfo(item);
                    if (info.isEmpty() && !tells) {
                        throw new DaemonException.NotValid(item);
                    }
                    return info;
                },
                (out, info) -> {
                    if (tells) {
                        out.writeBool(info.isPresent());
                    }
                    if (info.isPresent()) {
                        NixPathInfos.write(out, info.get(), conversation.version());
                    }
                });
    }

    private void validPaths() throws IOException {
        List<StorePath> paths = conversation.in().readStorePaths(store);
        boolean fetch = conversation.version().atLeast(MAY_SUBSTITUTE) && conversation.in().readBool();
        conversation.answer(
                (daemon, events) -> {
                    if (fetch) {
                        fetchOffered(daemon, paths, events);
                    }
                    return daemon.valid(new TreeSet<>(paths));
                },
                WireWriter::writeStorePaths);
    }

    /** Fetches those that can be; whoever asks looks himself which these are. */
    private void fetchOffered(Daemon daemon, Collection<StorePath> paths, EventSink events) throws DaemonException {
        TreeSet<StorePath> missing = new TreeSet<>(paths);
        missing.removeAll(daemon.valid(missing));
        for (StorePath offered : daemon.substitutable(missing, events).keySet()) {
            try {
                daemon.ensure(List.of(offered), conversation.options().builds(), events);
            } catch (DaemonException.NotSubstituted e) {
                events.accept(new Event.Message(0, Event.Verbosity.ERROR, e.getMessage()));
            }
        }
    }

    private void substitutable() throws IOException {
        if (conversation.version().atLeast(ADDRESSED)) {
            // Content addresses say under which other name a server might have an item, which is not looked for.
            new SubstituteRequests(conversation).infos(conversation.in().readPairs().keySet());
        } else {
            new SubstituteRequests(conversation).infos();
        }
    }

    private void narFromPath() throws IOException {
        StorePath item = conversation.in().readStorePath(store);
        conversation.answer(
                (daemon, _) -> {
                    daemon.addTemporaryRoot(item);
                    if (!daemon.isValid(item)) {
                        throw new DaemonException.NotValid(item);
                    }
                    return daemon.physical(item);
                },
                (out, file) -> {
                    NarWriter nar = new NarWriter(new RawOutput(out));
                    NarFiles.dump(file, nar);
                    nar.finish();
                });
    }

    /** What is written to it is sent as it is. */
    private static final class RawOutput extends OutputStream {
        private final WireWriter out;

        RawOutput(WireWriter out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int start, int length) throws IOException {
            out.writeRaw(octets, start, length);
        }
    }

    /** Old clients only; newer ones ask for archives and add the rest themselves. Nothing is signed. */
    private void exportPath() throws IOException {
        StorePath item = conversation.in().readStorePath(store);
        conversation.in().readInt();
        conversation.answer(
                (daemon, events) -> {
                    events.accept(new Event.Message(0, Event.Verbosity.TALKATIVE, "exporting path '" + item + "'"));
                    try (OutputStream data = conversation.data()) {
                        daemon.exportItem(item, false, data);
                    }
                    return item;
                },
                Conversation.DONE);
    }

    /** Of derivations whose outputs are named by their contents, which are not built here. */
    private void queryRealisation() throws IOException {
        conversation.in().readText(WireLimits.NAME);
        conversation.answer((_, _) -> 0L, WireWriter::writeInt);
    }

    private void registerRealisation() throws IOException {
        conversation.in().readText(WireLimits.NAME);
        if (!conversation.version().atLeast(JSON_REALISATIONS)) {
            conversation.in().readText(WireLimits.NAME);
        }
        conversation.answer(
                (_, _) -> {
                    throw new DaemonException.Refused(
                            "derivations whose outputs are named by their contents are not supported",
                            Optional.empty());
                },
                Conversation.SILENT);
    }
}
