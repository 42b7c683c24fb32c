// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import dev.cairn.signature.PublicKey;
import java.util.List;
import java.util.Optional;

/** Whether a narinfo is to be believed, and why not. */
public sealed interface Standing {
    /** It is. */
    record Authorised(Voucher voucher) implements Standing {}

    /** Nobody signed it. */
    record Unsigned() implements Standing {}

    /**
     * Only keys signed it that are not trusted, or so it says.
     *
     * @param guix the key of Guix's signature, as it stands there
     * @param nix the names of Nix's keys
     */
    record UnknownKeys(Optional<PublicKey> guix, List<String> nix) implements Standing {
        public UnknownKeys {
            nix = List.copyOf(nix);
        }
    }

    /**
     * It claims to be signed by a trusted key, but this is not what that key signed.
     *
     * @param problem what does not fit, as the end of a sentence
     */
    record Forged(String problem) implements Standing {}

    /**
     * The signature cannot be read.
     *
     * @param problem what is wrong with it, as the end of a sentence
     */
    record Unreadable(String problem) implements Standing {}

    /** Whether the narinfo may be believed. */
    default boolean isAuthorised() {
        return this instanceof Authorised;
    }
}
