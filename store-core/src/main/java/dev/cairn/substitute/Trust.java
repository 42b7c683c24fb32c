// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.layout.StoreLayout;
import dev.cairn.signature.NixPublicKey;
import dev.cairn.signature.TrustedKeys;
import dev.cairn.trust.KeyFiles;
import dev.cairn.trust.NixConfiguration;
import dev.cairn.trust.TrustException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Whose signatures are believed now. */
@FunctionalInterface
public interface Trust {
    TrustedKeys keys() throws TrustException, IOException;

    /**
     * What the files of a store say, each time anew: the access list, the keys of Nix's caches beside it and, for a
     * store of Nix's kind, those of {@code nix.conf}.
     */
    static Trust of(StoreLayout layout) {
        KeyFiles files = new KeyFiles(layout.configuration());
        if (!layout.places().isNix()) {
            return files::trustedKeys;
        }
        return () -> {
            TrustedKeys own = files.trustedKeys();
            List<NixPublicKey> nix = new ArrayList<>(own.nix());
            nix.addAll(NixConfiguration.read(layout.configuration()).trustedKeys());
            return new TrustedKeys(own.guix(), nix);
        };
    }
}
