// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import java.util.List;
import java.util.Optional;

/**
 * Why an item may be trusted, as Nix keeps it with every item; Guix does not.
 *
 * @param ultimate whether it was built by this store itself
 * @param signatures each {@code KEY-NAME:BASE64}, over the item's name, hash, size and references
 * @param contentAddress from what its name follows, such as {@code text:sha256:...} or {@code fixed:r:sha256:...} with
 *     a hash in base 32; empty for what was built
 */
public record Provenance(boolean ultimate, List<String> signatures, Optional<String> contentAddress) {
    /** Nothing is known. */
    public static final Provenance NONE = new Provenance(false, List.of(), Optional.empty());

    /** That of something that this store built. */
    public static final Provenance BUILT = new Provenance(true, List.of(), Optional.empty());

    public Provenance {
        signatures = List.copyOf(signatures);
    }

    /** That of something whose name follows from its contents. */
    public static Provenance addressed(String contentAddress) {
        return new Provenance(false, List.of(), Optional.of(contentAddress));
    }
}
