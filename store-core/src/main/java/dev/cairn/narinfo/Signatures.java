// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import java.util.List;
import java.util.Optional;

/**
 * The signatures of a narinfo as they stand there.
 *
 * @param guix the value of {@code Signature}: {@code 1;HOST;BASE64}
 * @param signedLength how many octets of the text that one is of; 0 when there is none
 * @param nix the values of {@code Sig}: {@code NAME:BASE64}
 */
public record Signatures(Optional<String> guix, int signedLength, List<String> nix) {
    /** None at all. */
    public static final Signatures NONE = new Signatures(Optional.empty(), 0, List.of());

    public Signatures {
        nix = List.copyOf(nix);
    }
}
