// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.ProtocolVersion;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.error.FormatException;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the parts of a request to build went, as Nix's dialect tells it (daemon, section 17). For one thread. */
final class NixResults {
    /** Nix's numbers of how it went. */
    enum Status {
        BUILT(0),
        ALREADY_VALID(2),
        PERMANENT_FAILURE(3),
        OUTPUT_REJECTED(5),
        TIMED_OUT(8),
        MISC_FAILURE(9),
        DEPENDENCY_FAILED(10),
        NOT_DETERMINISTIC(12),
        NO_SUBSTITUTERS(14);

        private final int code;

        Status(int code) {
            this.code = code;
        }
    }

    /**
     * How one part went.
     *
     * @param message why it failed; empty if it did not
     * @param started seconds since 1970
     * @param outputs those that are there now, as Nix's realisations in JSON, by their identifiers
     */
    record Result(
            DerivedPath wanted,
            Status status,
            String message,
            boolean built,
            long started,
            long stopped,
            SortedMap<String, String> outputs) {
        private static final int WITH_TIMES = 29;
        private static final int WITH_OUTPUTS = 28;

        /** Writes all but what was wanted. */
        void write(WireWriter out, ProtocolVersion version) throws IOException {
            out.writeInt(status.code);
            out.writeText(message);
            if (version.atLeast(WITH_TIMES)) {
                out.writeInt(built ? 1 : 0);
                out.writeBool(status == Status.NOT_DETERMINISTIC);
                out.writeLong(started);
                out.writeLong(stopped);
            }
            if (version.atLeast(WITH_OUTPUTS)) {
                out.writePairs(outputs.entrySet());
            }
        }
    }

    private final Daemon daemon;
    private final List<DerivedPath> wanted;
    private final DerivationHasher<DaemonException> hasher;
    private final Map<StorePath, Derivation> given;
    private final Set<DerivedPath> before = new HashSet<>();
    private final long started = Instant.now().getEpochSecond();
    private Optional<DaemonException> failure = Optional.empty();

    /** @param given derivations that are no items of the store */
    NixResults(Daemon daemon, Collection<DerivedPath> wanted, Map<StorePath, Derivation> given)
            throws DaemonException {
        this.daemon = daemon;
        this.given = Map.copyOf(given);
        this.wanted = List.copyOf(wanted);
        this.hasher = new DerivationHasher<>(daemon.storeDirectory(), path -> NixMissing.derivation(daemon, path));
        for (DerivedPath path : wanted) {
            if (isThere(path)) {
                before.add(path);
            }
        }
    }

    private boolean isThere(DerivedPath path) throws DaemonException {
        return switch (path) {
            case DerivedPath.Item(StorePath item) -> daemon.isValid(item);
            case DerivedPath.Built built -> {
                Collection<StorePath> outputs = outputs(built).values();
                yield !outputs.isEmpty() && daemon.valid(outputs).containsAll(outputs);
            }
        };
    }

    private SortedMap<String, StorePath> outputs(DerivedPath.Built built) throws DaemonException {
        SortedMap<String, StorePath> outputs = new TreeMap<>();
        if (given.containsKey(built.derivation())) {
            given.get(built.derivation())
                    .outputs()
                    .forEach((name, output) -> output.path().ifPresent(path -> outputs.put(name, path)));
        } else if (daemon.isValid(built.derivation())) {
            outputs.putAll(daemon.derivationOutputs(built.derivation()));
        }
        return built.target().of(outputs);
    }

    /** What can be asked of the store, all but what nobody can make. */
    List<DerivedPath> possible() throws DaemonException {
        List<DerivedPath> possible = new ArrayList<>();
        for (DerivedPath path : wanted) {
            if (path instanceof DerivedPath.Built(StorePath derivation, _) && isKnown(derivation)) {
                possible.add(path);
            }
        }
        return possible;
    }

    private boolean isKnown(StorePath derivation) throws DaemonException {
        return given.containsKey(derivation) || daemon.isValid(derivation);
    }

    /** The store gave up. */
    void failed(DaemonException e) {
        failure = Optional.of(e);
    }

    /** How everything went. */
    List<Result> all() throws DaemonException {
        List<Result> results = new ArrayList<>();
        for (DerivedPath path : wanted) {
            results.add(result(path));
        }
        return results;
    }

    private Result result(DerivedPath path) throws DaemonException {
        long stopped = Instant.now().getEpochSecond();
        if (isThere(path) && !isRefuted(path)) {
            boolean already = before.contains(path);
            SortedMap<String, String> outputs =
                    path instanceof DerivedPath.Built built ? realisations(built) : new TreeMap<>();
            return new Result(
                    path, already ? Status.ALREADY_VALID : Status.BUILT, "", !already, started, stopped, outputs);
        }
        Status status = status(path);
        String message = status == Status.NO_SUBSTITUTERS
                ? "path '" + path + "' is required, but there is no substituter that can build it"
                : failure.map(NixFailures::text).orElse("it was not built");
        return new Result(path, status, message, false, started, stopped, new TreeMap<>());
    }

    /** What was built once more, and differs, is there all the same. */
    private boolean isRefuted(DerivedPath path) {
        return failure.isPresent()
                && failure.get() instanceof DaemonException.NotDeterministic differs
                && path instanceof DerivedPath.Built(StorePath derivation, _)
                && differs.derivation().equals(derivation);
    }

    private Status status(DerivedPath path) throws DaemonException {
        if (!(path instanceof DerivedPath.Built built) || !isKnown(built.derivation())) {
            return Status.NO_SUBSTITUTERS;
        }
        if (failure.isEmpty()) {
            return Status.MISC_FAILURE;
        }
        return switch (failure.get()) {
            case DaemonException.BuildFailed failed ->
                failed.derivation().equals(built.derivation())
                        ? switch (failed.kind()) {
                            case PERMANENT -> Status.PERMANENT_FAILURE;
                            case TIMED_OUT -> Status.TIMED_OUT;
                            case OTHER -> Status.MISC_FAILURE;
                        }
                        : Status.DEPENDENCY_FAILED;
            case DaemonException.HashMismatch mismatch ->
                outputs(built).containsValue(mismatch.path()) ? Status.OUTPUT_REJECTED : Status.DEPENDENCY_FAILED;
            case DaemonException.NotDeterministic _ -> Status.NOT_DETERMINISTIC;
            default -> Status.MISC_FAILURE;
        };
    }

    private SortedMap<String, String> realisations(DerivedPath.Built built) throws DaemonException {
        Derivation known = given.get(built.derivation());
        Derivation derivation = known != null ? known : NixMissing.derivation(daemon, built.derivation());
        String hash;
        try {
            hash = (derivation.isFixedOutput() ? hasher.modulo(derivation) : hasher.masked(derivation)).hex();
        } catch (FormatException e) {
            throw new DaemonException.Refused(e.getMessage(), e.hint());
        }
        SortedMap<String, String> realisations = new TreeMap<>();
        for (Map.Entry<String, StorePath> output : outputs(built).entrySet()) {
            String id = "sha256:" + hash + "!" + output.getKey();
            // Names of items have no character that JSON would write otherwise.
            realisations.put(
                    id,
                    "{\"dependentRealisations\":{},\"id\":\"" + id + "\",\"outPath\":\""
                            + output.getValue().baseName() + "\",\"signatures\":[]}");
        }
        return realisations;
    }
}
