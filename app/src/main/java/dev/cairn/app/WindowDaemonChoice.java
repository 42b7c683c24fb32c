// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.feature.settings.DaemonChoice;
import dev.cairn.error.CairnException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The choice of a daemon, as the window's settings show it.
 *
 * @param window takes another store into use
 */
record WindowDaemonChoice(StoreChoice stores, Consumer<Backend> window) implements DaemonChoice {
    @Override
    public Optional<String> inUse() {
        return stores.daemon();
    }

    @Override
    public Optional<String> overruling() {
        return stores.overruling();
    }

    @Override
    public Reached reach(Optional<String> daemon) throws CairnException {
        Backend other = stores.reach(daemon);
        return new Reached() {
            @Override
            public void remember() throws CairnException {
                stores.remember(daemon);
            }

            @Override
            public void use() {
                window.accept(other);
            }

            @Override
            public void close() throws CairnException {
                other.close();
            }
        };
    }
}
