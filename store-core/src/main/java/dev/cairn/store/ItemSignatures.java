// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.error.FormatException;
import dev.cairn.layout.StoreLayout;
import dev.cairn.signature.NixPublicKey;
import dev.cairn.signature.NixSignature;
import dev.cairn.trust.NixConfiguration;
import dev.cairn.trust.TrustException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** Signatures of items in Nix's manner (formats, section 6.2). */
final class ItemSignatures {
    private ItemSignatures() {}

    /** Whether one of an item's signatures is by one of some keys. */
    static boolean isSigned(PathInfo info, Collection<NixPublicKey> keys) {
        byte[] text = NixSignature.fingerprint(info.path(), info.narHash(), info.narSize(), info.references());
        return info.provenance().signatures().stream()
                .anyMatch(signature -> keys.stream().anyMatch(key -> isBy(key, signature, text)));
    }

    /** Signatures of an item that this store has built, by the keys that its {@code nix.conf} names. */
    static List<String> ofBuilt(PathInfo info, StoreLayout layout) throws DaemonException {
        if (!layout.places().isNix()) {
            return List.of();
        }
        byte[] text = NixSignature.fingerprint(info.path(), info.narHash(), info.narSize(), info.references());
        try {
            return NixConfiguration.read(layout.configuration()).secretKeys().stream()
                    .map(key -> key.sign(text).toString())
                    .toList();
        } catch (IOException e) {
            throw DaemonException.of("signing '" + info.path() + "'", e);
        } catch (TrustException e) {
            throw new DaemonException.Refused(e.getMessage(), e.hint());
        }
    }

    private static boolean isBy(NixPublicKey key, String signature, byte[] text) {
        try {
            return key.verifies(NixSignature.parse(signature), text);
        } catch (FormatException _) {
            return false;
        }
    }
}
