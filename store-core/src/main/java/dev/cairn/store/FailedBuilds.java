// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.error.FormatException;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Forgets that builds failed. */
final class FailedBuilds {
    private final OpenStore store;

    FailedBuilds(OpenStore store) {
        this.store = store;
    }

    /** @param paths outputs; derivations, for all of theirs; an asterisk for everything */
    void clear(Collection<String> paths) throws DaemonException {
        List<String> outputs = new ArrayList<>();
        for (String path : paths) {
            outputs.add(path);
            if (path.endsWith(".drv")) {
                for (StorePath output : outputsOf(path)) {
                    outputs.add(output.toString());
                }
            }
        }
        store.database().clearFailed(outputs);
    }

    private Collection<StorePath> outputsOf(String name) throws DaemonException {
        try {
            StorePath derivation = store.layout().storeDirectory().parse(name);
            return store.database().isValid(derivation)
                    ? store.database().derivationOutputs(derivation).values()
                    : List.of();
        } catch (FormatException _) {
            // What is no derivation's name cannot have failed; names are not checked here, as guix-daemon does not.
            return List.of();
        }
    }
}
