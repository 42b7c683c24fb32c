// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.DerivationItems;
import dev.cairn.derivation.Derivation;
import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is not there of something wanted.
 *
 * @param toBuild derivations whose builders would have to run
 * @param unknown items that nobody can make
 */
record NixMissing(SortedSet<StorePath> toBuild, SortedSet<StorePath> unknown) {
    static NixMissing of(Daemon daemon, Collection<DerivedPath> wanted) throws DaemonException {
        NixMissing missing = new NixMissing(new TreeSet<>(), new TreeSet<>());
        Map<StorePath, SortedSet<String>> seen = new HashMap<>();
        Deque<DerivedPath> pending = new ArrayDeque<>(wanted);
        while (!pending.isEmpty()) {
            switch (pending.pop()) {
                case DerivedPath.Item(StorePath item) -> {
                    if (!daemon.isValid(item)) {
                        missing.unknown.add(item);
                    }
                }
                case DerivedPath.Built built -> {
                    SortedSet<String> known = seen.putIfAbsent(built.derivation(), new TreeSet<>(built.outputs()));
                    // No names mean all, so whatever was asked for before may have been less.
                    if (known == null || !known.isEmpty() && !known.containsAll(built.outputs())) {
                        missing.look(daemon, built, pending);
                    }
                }
            }
        }
        return missing;
    }

    private void look(Daemon daemon, DerivedPath.Built built, Deque<DerivedPath> pending) throws DaemonException {
        StorePath path = built.derivation();
        if (!daemon.isValid(path)) {
            unknown.add(path);
            return;
        }
        Map<String, StorePath> outputs = new HashMap<>(daemon.derivationOutputs(path));
        if (!built.outputs().isEmpty()) {
            outputs.keySet().retainAll(built.outputs());
        }
        if (daemon.valid(outputs.values()).containsAll(outputs.values()) || !toBuild.add(path)) {
            return;
        }
        Derivation derivation = derivation(daemon, path);
        derivation.inputDerivations().forEach((input, names) -> pending.push(new DerivedPath.Built(input, names)));
        derivation.inputSources().forEach(source -> pending.push(new DerivedPath.Item(source)));
    }

    static Derivation derivation(Daemon daemon, StorePath path) throws DaemonException {
        try {
            return DerivationItems.read(daemon, path);
        } catch (DaemonException e) {
            throw e;
        } catch (CairnException e) {
            throw new DaemonException.Refused(e.getMessage(), Optional.empty());
        }
    }
}
