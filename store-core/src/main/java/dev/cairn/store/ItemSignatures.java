// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.PathInfo;
import dev.cairn.error.FormatException;
import dev.cairn.signature.NixPublicKey;
import dev.cairn.signature.NixSignature;
import java.util.Collection;

/** Signatures of items in Nix's manner (formats, section 6.2). */
final class ItemSignatures {
    private ItemSignatures() {}

    /** Whether one of an item's signatures is by one of some keys. */
    static boolean isSigned(PathInfo info, Collection<NixPublicKey> keys) {
        byte[] text = NixSignature.fingerprint(info.path(), info.narHash(), info.narSize(), info.references());
        return info.provenance().signatures().stream()
                .anyMatch(signature -> keys.stream().anyMatch(key -> isBy(key, signature, text)));
    }

    private static boolean isBy(NixPublicKey key, String signature, byte[] text) {
        try {
            return key.verifies(NixSignature.parse(signature), text);
        } catch (FormatException _) {
            return false;
        }
    }
}
