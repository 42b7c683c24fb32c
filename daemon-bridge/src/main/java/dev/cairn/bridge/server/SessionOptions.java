// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.StoreSettings;

/**
 * What holds for one client.
 *
 * @param log what it is told
 * @param builds how its requests are built
 * @param settings what its session does otherwise than the store's defaults
 */
record SessionOptions(LogOptions log, BuildOptions builds, StoreSettings settings) {
    /** What holds before it has asked for anything. */
    static SessionOptions initial(ServerSetup setup) {
        return new SessionOptions(LogOptions.initial(setup.verbosity()), setup.builds(), setup.settings());
    }
}
