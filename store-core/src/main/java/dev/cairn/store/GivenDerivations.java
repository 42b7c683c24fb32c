// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.build.BuildScheduler;
import dev.cairn.build.BuildTerms;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.FormatException;
import dev.cairn.event.EventSink;
import dev.cairn.gc.TemporaryRoots;
import dev.cairn.path.StorePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds derivations that are given with the request rather than items of the store. */
final class GivenDerivations {
    private final OpenStore store;
    private final TemporaryRoots.Holder session;
    private final BuildTerms terms;

    GivenDerivations(OpenStore store, TemporaryRoots.Holder session, BuildTerms terms) {
        this.store = store;
        this.session = session;
        this.terms = terms;
    }

    /** See {@link dev.cairn.daemon.Daemon#buildDerivation}. */
    void build(StorePath path, Derivation derivation, EventSink events) throws DaemonException {
        if (!path.isDerivation() || !derivation.inputDerivations().isEmpty()
                || derivation.outputPaths().size() != derivation.outputs().size()) {
            throw refusal("'" + path + "' is no derivation that is complete without others");
        }
        if (derivation.isFixedOutput()) {
            checkOutput(path, derivation);
        } else if (!terms.client().trusted()) {
            throw refusal("you are not privileged to build input-addressed derivations");
        }
        try (TemporaryRoots.Holder operation = session.operation()) {
            new BuildScheduler(new OperationStore(store, operation, Map.of(path, derivation)))
                    .build(List.of(BuildTarget.all(path)), terms, events);
        }
    }

    /** An output of known contents must have the name that follows from them. */
    private void checkOutput(StorePath path, Derivation derivation) throws DaemonException {
        try {
            Map<String, StorePath> expected =
                    store.hasher().outputPaths(NamedDerivation.nameOf(path), derivation);
            if (!List.copyOf(expected.values()).equals(derivation.outputPaths())) {
                throw refusal("'" + path + "' states a wrong output path");
            }
        } catch (FormatException e) {
            throw refusal("'" + path + "' is refused: " + e.getMessage());
        }
    }

    private static DaemonException refusal(String message) {
        return new DaemonException.Refused(message, Optional.empty());
    }
}
