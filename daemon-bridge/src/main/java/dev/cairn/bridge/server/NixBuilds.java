// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.Codes;
import dev.cairn.bridge.wire.WireException;
import dev.cairn.bridge.wire.WireLimits;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.daemon.BuildMode;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationOutput;
import dev.cairn.error.FormatException;
import dev.cairn.event.EventSink;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Requests of Nix's dialect to build (daemon, section 17). */
final class NixBuilds {
    private static final int WITH_MODE = 15;

    private final Conversation conversation;
    private final StoreDirectory store;

    NixBuilds(Conversation conversation, StoreDirectory store) {
        this.conversation = conversation;
        this.store = store;
    }

    /** All of it, or a failure. */
    void build() throws IOException {
        List<DerivedPath> wanted = DerivedPath.readAll(conversation.in(), store, conversation.version());
        BuildOptions options = options(conversation.version().atLeast(WITH_MODE) ? mode() : BuildMode.NORMAL);
        conversation.answer(
                (daemon, events) -> {
                    build(daemon, wanted, options, events);
                    return wanted;
                },
                Conversation.DONE);
    }

    private BuildMode mode() throws IOException {
        long code = conversation.in().readInt();
        BuildMode mode = Codes.buildMode(code).orElseThrow(() -> new WireException("invalid build mode " + code));
        if (mode == BuildMode.REPAIR && !conversation.peer().trusted()) {
            throw new WireException("repairing is not allowed because you are not in 'trusted-users'");
        }
        return mode;
    }

    private BuildOptions options(BuildMode mode) {
        return conversation.options().builds().change().mode(mode).build();
    }

    private static void build(
            Daemon daemon, Collection<DerivedPath> wanted, BuildOptions options, EventSink events)
            throws DaemonException {
        List<BuildTarget> targets = new ArrayList<>();
        for (DerivedPath path : wanted) {
            switch (path) {
                case DerivedPath.Item(StorePath item) -> require(daemon, item, options, events);
                case DerivedPath.Built built -> {
                    require(daemon, built.derivation(), options, events);
                    targets.add(built.target());
                }
            }
        }
        if (!targets.isEmpty()) {
            daemon.build(targets, options, events);
        }
    }

    /** Fetches an item that is not there. */
    private static void require(Daemon daemon, StorePath item, BuildOptions options, EventSink events)
            throws DaemonException {
        try {
            daemon.ensure(List.of(item), options.change().mode(BuildMode.NORMAL).build(), events);
        } catch (DaemonException.NotSubstituted e) {
            if (e.reasons().isEmpty()) {
                throw new DaemonException.Refused(
                        "path '" + item + "' is required, but there is no substituter that can build it",
                        Optional.empty());
            }
            throw e;
        }
    }

    /** As much of it as can be built, and for each thing how it went. */
    void buildWithResults() throws IOException {
        List<DerivedPath> wanted = DerivedPath.readAll(conversation.in(), store, conversation.version());
        BuildOptions options = options(mode());
        conversation.answer(
                (daemon, events) -> {
                    NixResults results = new NixResults(daemon, wanted, Map.of());
                    List<DerivedPath> possible = results.possible();
                    try {
                        build(daemon, possible, options, events);
                    } catch (DaemonException.Cancelled e) {
                        throw e;
                    } catch (DaemonException e) {
                        results.failed(e);
                    }
                    return results.all();
                },
                (out, results) -> {
                    out.writeInt(results.size());
                    for (NixResults.Result result : results) {
                        out.writeText(result.wanted().toString());
                        result.write(out, conversation.version());
                    }
                });
    }

    /** A derivation that comes with the request. */
    void buildDerivation() throws IOException {
        StorePath path = conversation.in().readStorePath(store);
        Derivation derivation = readDerivation();
        BuildOptions options = options(mode());
        DerivedPath wanted = new DerivedPath.Built(path, new TreeSet<>());
        conversation.answer(
                (daemon, events) -> {
                    NixResults results = new NixResults(daemon, List.of(wanted), Map.of(path, derivation));
                    try {
                        daemon.buildDerivation(path, derivation, options, events);
                    } catch (DaemonException.Cancelled | DaemonException.Refused e) {
                        throw e;
                    } catch (DaemonException e) {
                        results.failed(e);
                    }
                    return results.all().getFirst();
                },
                (out, result) -> result.write(out, conversation.version()));
    }

    private Derivation readDerivation() throws IOException {
        WireReader in = conversation.in();
        SortedMap<String, DerivationOutput> outputs = new TreeMap<>();
        int count = in.readCount(WireLimits.NAME);
        for (int i = 0; i < count; i++) {
            String name = in.readText(WireLimits.NAME);
            String path = in.readText(WireLimits.NAME);
            try {
                Optional<StorePath> known = path.isEmpty() ? Optional.empty() : Optional.of(store.parse(path));
                outputs.put(
                        name,
                        new DerivationOutput(
                                known, in.readText(WireLimits.NAME), in.readText(WireLimits.NAME)));
            } catch (FormatException e) {
                throw new WireException(e.getMessage());
            }
        }
        TreeSet<StorePath> sources = new TreeSet<>(in.readStorePaths(store));
        String system = octets(in);
        String builder = octets(in);
        List<String> arguments = new ArrayList<>();
        int argumentCount = in.readCount(WireLimits.NAME);
        for (int i = 0; i < argumentCount; i++) {
            arguments.add(octets(in));
        }
        SortedMap<String, String> environment = new TreeMap<>();
        int variables = in.readCount(WireLimits.NAME);
        for (int i = 0; i < variables; i++) {
            environment.put(octets(in), octets(in));
        }
        return new Derivation(outputs, new TreeMap<>(), sources, system, builder, arguments, environment);
    }

    /** An octet string, as derivations are made of. */
    private static String octets(WireReader in) throws IOException {
        return new String(in.readBytes(WireLimits.TEXT), StandardCharsets.ISO_8859_1);
    }

    /** What would have to be done. */
    void queryMissing() throws IOException {
        List<DerivedPath> wanted = DerivedPath.readAll(conversation.in(), store, conversation.version());
        conversation.answer(
                (daemon, events) -> NixMissing.of(daemon, wanted, events),
                (out, missing) -> {
                    out.writeStorePaths(missing.toBuild());
                    out.writeStorePaths(missing.downloads().items().keySet());
                    out.writeStorePaths(missing.unknown());
                    out.writeLong(missing.downloads().downloadSize().orElse(0));
                    out.writeLong(missing.downloads().installedSize());
                });
    }

    void outputMap() throws IOException {
        StorePath derivation = conversation.in().readStorePath(store);
        conversation.answer(
                (daemon, _) -> daemon.derivationOutputs(derivation),
                (WireWriter out, SortedMap<String, StorePath> outputs) -> {
                    out.writeInt(outputs.size());
                    for (Map.Entry<String, StorePath> output : outputs.entrySet()) {
                        out.writeText(output.getKey());
                        out.writeStorePath(output.getValue());
                    }
                });
    }
}
