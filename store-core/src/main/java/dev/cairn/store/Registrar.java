// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationCheck;
import dev.cairn.error.FormatException;
import dev.cairn.path.StorePath;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/** Makes items valid whose files are in place, wherever they come from; derivations are checked first. */
final class Registrar {
    private final OpenStore store;

    Registrar(OpenStore store) {
        this.store = store;
    }

    void register(Collection<PathInfo> items) throws DaemonException {
        Map<StorePath, SortedMap<String, StorePath>> outputs = new HashMap<>();
        for (PathInfo item : items) {
            if (item.path().isDerivation()) {
                outputs.put(item.path(), checkedOutputs(item));
            }
        }
        store.database().register(items, outputs);
    }

    private SortedMap<String, StorePath> checkedOutputs(PathInfo item) throws DaemonException {
        Derivation derivation = store.derivations().read(item.path());
        check(item.path(), derivation, item.references());
        return Derivations.outputs(derivation);
    }

    /** Refuses a derivation whose output paths or references do not follow from it (formats, section 4.5). */
    void check(StorePath path, Derivation derivation, Collection<StorePath> references) throws DaemonException {
        if (store.layout().places().isNix()
                && derivation.outputPaths().size() < derivation.outputs().size()) {
            throw Derivations.refused(path, "its outputs are named by their contents, which is not supported");
        }
        if (!references.containsAll(derivation.references())) {
            throw Derivations.refused(path, "its references lack some of its inputs");
        }
        try {
            DerivationCheck.check(path, derivation, store.hasher());
        } catch (FormatException e) {
            throw Derivations.refused(path, e.getMessage());
        }
    }
}
