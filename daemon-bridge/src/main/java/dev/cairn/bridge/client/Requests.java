// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.bridge.wire.Codes;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.bridge.wire.Operation;
import dev.cairn.bridge.wire.ProtocolVersion;
import dev.cairn.bridge.wire.WireLimits;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.daemon.BuildMode;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.SubstituteInfo;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The questions of section 4, as one connection's dialect and version have them; those that add items are in {@link
 * AddRequests}.
 */
record Requests(StoreDirectory store, Dialect dialect, ProtocolVersion version) {
    private static final int PARTIAL_BUILDS = 30;
    private static final int SUBSTITUTE_FLAG = 27;
    private static final int BUILD_MODE = 15;
    private static final int ADDRESSED_QUERIES = 22;

    Requests(StoreDirectory store, Link link) {
        this(store, link.dialect(), link.version());
    }

    private boolean nix(int minor) {
        return dialect == Dialect.NIX && version.atLeast(minor);
    }

    Request<Boolean> isValid(StorePath path) {
        return new Request<>(Operation.IS_VALID_PATH, out -> out.writeStorePath(path), WireReader::readBool);
    }

    Request<SortedSet<StorePath>> valid(Collection<StorePath> paths) {
        return new Request<>(
                Operation.QUERY_VALID_PATHS,
                out -> {
                    out.writeStorePaths(new TreeSet<>(paths));
                    if (nix(SUBSTITUTE_FLAG)) {
                        out.writeBool(false);
                    }
                },
                this::paths);
    }

    /** Guix's daemons answer for an item that is not valid with an error, Nix's with nothing. */
    Request<Optional<PathInfo>> pathInfo(StorePath path) {
        return new Request<>(
                Operation.QUERY_PATH_INFO,
                out -> out.writeStorePath(path),
                in -> dialect == Dialect.NIX && !in.readBool()
                        ? Optional.empty()
                        : Optional.of(PathInfos.read(in, store, dialect, path)));
    }

    Request<Optional<StorePath>> pathFromHashPart(String hashPart) {
        return new Request<>(
                Operation.QUERY_PATH_FROM_HASH_PART,
                out -> out.writeText(hashPart),
                in -> PathInfos.optionalPath(in, store));
    }

    Request<SortedSet<StorePath>> referrers(StorePath path) {
        return new Request<>(Operation.QUERY_REFERRERS, out -> out.writeStorePath(path), this::paths);
    }

    Request<SortedSet<StorePath>> validDerivers(StorePath path) {
        return new Request<>(Operation.QUERY_VALID_DERIVERS, out -> out.writeStorePath(path), this::paths);
    }

    Request<SortedSet<StorePath>> allPaths() {
        return new Request<>(Operation.QUERY_ALL_VALID_PATHS, _ -> {}, this::paths);
    }

    Request<Map<String, Optional<StorePath>>> derivationOutputMap(StorePath derivation) {
        return new Request<>(
                Operation.QUERY_DERIVATION_OUTPUT_MAP,
                out -> out.writeStorePath(derivation),
                in -> {
                    int count = in.readCount(WireLimits.NAME);
                    Map<String, Optional<StorePath>> outputs = new HashMap<>();
                    for (int i = 0; i < count; i++) {
                        outputs.put(in.readText(WireLimits.NAME), PathInfos.optionalPath(in, store));
                    }
                    return outputs;
                });
    }

    Request<SortedSet<StorePath>> derivationOutputs(StorePath derivation) {
        return new Request<>(
                Operation.QUERY_DERIVATION_OUTPUTS, out -> out.writeStorePath(derivation), this::paths);
    }

    Request<List<String>> derivationOutputNames(StorePath derivation) {
        return new Request<>(
                Operation.QUERY_DERIVATION_OUTPUT_NAMES,
                out -> out.writeStorePath(derivation),
                WireReader::readTexts);
    }

    Request<Boolean> export(StorePath path, boolean sign, OutputStream sink) {
        return new Request<>(
                Operation.EXPORT_PATH,
                out -> {
                    out.writeStorePath(path);
                    out.writeBool(sign);
                },
                WireReader::readBool,
                InputStream.nullInputStream(),
                sink);
    }

    Request<List<StorePath>> importPaths(InputStream archive) {
        return new Request<>(
                Operation.IMPORT_PATHS,
                _ -> {},
                in -> in.readStorePaths(store),
                archive,
                OutputStream.nullOutputStream());
    }

    Request<SortedSet<StorePath>> failedPaths() {
        return new Request<>(Operation.QUERY_FAILED_PATHS, _ -> {}, this::paths);
    }

    Request<Boolean> clearFailedPaths(Collection<String> paths) {
        return new Request<>(Operation.CLEAR_FAILED_PATHS, out -> out.writeTexts(paths), WireReader::readBool);
    }

    Request<List<String>> builtinBuilders() {
        return new Request<>(Operation.BUILTIN_BUILDERS, _ -> {}, WireReader::readTexts);
    }

    Request<Boolean> build(Collection<BuildTarget> targets, BuildMode mode) {
        return new Request<>(
                Operation.BUILD_THINGS,
                out -> {
                    List<String> things = new ArrayList<>();
                    for (BuildTarget target : targets) {
                        String all = nix(PARTIAL_BUILDS) ? "!*" : "";
                        String some = "!" + String.join(",", target.outputs());
                        things.add(target.derivation() + (target.outputs().isEmpty() ? all : some));
                    }
                    out.writeTexts(things);
                    if (version.atLeast(BUILD_MODE)) {
                        out.writeInt(Codes.of(mode));
                    }
                },
                WireReader::readBool);
    }

    /** What could be fetched of some items. */
    Request<SortedMap<StorePath, SubstituteInfo>> substitutable(Collection<StorePath> paths) {
        SortedSet<StorePath> sorted = new TreeSet<>(paths);
        return new Request<>(
                Operation.QUERY_SUBSTITUTABLE_PATH_INFOS,
                out -> {
                    if (nix(ADDRESSED_QUERIES)) {
                        out.writePairs(sorted.stream()
                                .map(path -> Map.entry(path.toString(), ""))
                                .toList());
                    } else {
                        out.writeStorePaths(sorted);
                    }
                },
                in -> {
                    int count = in.readCount(WireLimits.LIST);
                    SortedMap<StorePath, SubstituteInfo> infos = new TreeMap<>();
                    for (int i = 0; i < count; i++) {
                        StorePath path = in.readStorePath(store);
                        infos.put(path, substitute(path, in));
                    }
                    infos.keySet().retainAll(sorted);
                    return infos;
                });
    }

    /** A daemon that does not know a size says that it is 0. */
    private SubstituteInfo substitute(StorePath path, WireReader in) throws IOException {
        Optional<StorePath> deriver = PathInfos.optionalPath(in, store);
        SortedSet<StorePath> references = paths(in);
        long download = Math.max(0, in.readLong());
        long nar = Math.max(0, in.readLong());
        return new SubstituteInfo(
                path, deriver, references, download == 0 ? OptionalLong.empty() : OptionalLong.of(download), nar, "");
    }

    Request<Boolean> ensure(StorePath path) {
        return new Request<>(Operation.ENSURE_PATH, out -> out.writeStorePath(path), WireReader::readBool);
    }

    Request<Boolean> addTemporaryRoot(StorePath path) {
        return new Request<>(Operation.ADD_TEMP_ROOT, out -> out.writeStorePath(path), WireReader::readBool);
    }

    Request<Boolean> addIndirectRoot(Path link) {
        return new Request<>(
                Operation.ADD_INDIRECT_ROOT, out -> out.writeText(link.toString()), WireReader::readBool);
    }

    /** Names of roots and the items they name; what is not a well-formed item of the store is left out. */
    Request<List<Map.Entry<String, String>>> roots() {
        return new Request<>(Operation.FIND_ROOTS, _ -> {}, WireReader::readPairList);
    }

    /** What a collection answers. */
    record Collected(List<String> paths, long bytes) {}

    Request<Collected> collect(CollectionRequest request) {
        return new Request<>(
                Operation.COLLECT_GARBAGE,
                out -> {
                    out.writeInt(Codes.of(request.action()));
                    out.writeStorePaths(request.paths());
                    out.writeBool(false);
                    out.writeLong(request.limit().orElse(-1));
                    out.writeInt(0);
                    out.writeInt(0);
                    out.writeInt(0);
                },
                in -> {
                    Collected collected = new Collected(in.readTexts(), in.readLong());
                    in.readLong();
                    return collected;
                });
    }

    Request<Boolean> optimise() {
        return new Request<>(Operation.OPTIMIZE_STORE, _ -> {}, WireReader::readBool);
    }

    Request<Boolean> verify(boolean contents, boolean repair) {
        return new Request<>(
                Operation.VERIFY_STORE,
                out -> {
                    out.writeBool(contents);
                    out.writeBool(repair);
                },
                WireReader::readBool);
    }

    private SortedSet<StorePath> paths(WireReader in) throws IOException {
        return new TreeSet<>(in.readStorePaths(store));
    }
}
