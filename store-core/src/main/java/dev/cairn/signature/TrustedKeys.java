// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import java.util.List;

/**
 * Whose signatures a store believes. Safe for use by several threads.
 *
 * @param guix keys of Guix's kind
 * @param nix keys of Nix's kind
 */
public record TrustedKeys(AccessList guix, List<NixPublicKey> nix) {
    /** Nobody's. */
    public static final TrustedKeys NONE = new TrustedKeys(AccessList.EMPTY, List.of());

    public TrustedKeys {
        nix = List.copyOf(nix);
    }
}
