// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.Client;
import dev.cairn.daemon.StoreSettings;

/**
 * What holds for all builds of one request.
 *
 * @param options what this request asks for
 * @param settings how the store works for this session
 * @param client on whose behalf
 */
public record BuildTerms(BuildOptions options, StoreSettings settings, Client client) {
    /** A request of this process itself to a store with the usual settings. */
    public static BuildTerms of(BuildOptions options) {
        return new BuildTerms(options, StoreSettings.DEFAULT, Client.SELF);
    }
}
