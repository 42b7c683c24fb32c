// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import java.util.List;
import java.util.Optional;

/**
 * Whom a store believes, at one moment.
 *
 * @param access whether that can be changed here
 * @param keys whose signatures are believed, in the order of the list; empty where it cannot be read
 * @param own the store's own key
 * @param servers where substitutes come from, the first asked first; empty where somebody else decides that
 */
public record TrustSnapshot(
        Access access, Optional<List<Believed>> keys, Optional<SignerKey> own, Optional<List<String>> servers) {
    public TrustSnapshot {
        keys = keys.map(List::copyOf);
        servers = servers.map(List::copyOf);
    }

    /** Whether something can be changed. */
    public sealed interface Access {
        /** Everything can. */
        record Writable() implements Access {}

        /** Nothing can. @param why in a sentence or two, with who can change it and how */
        record ReadOnly(String why) implements Access {}
    }

    /**
     * A key that is believed.
     *
     * @param name what the user or the key itself calls it; may be empty
     * @param own whether it is the store's own
     * @param servers those whose items it was last seen to sign
     */
    public record Believed(SignerKey key, String name, boolean own, List<String> servers) {
        public Believed {
            servers = List.copyOf(servers);
        }
    }
}
