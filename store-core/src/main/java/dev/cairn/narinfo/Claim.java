// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import dev.cairn.hash.Hash;
import dev.cairn.path.StorePath;
import java.util.List;
import java.util.Optional;

/**
 * What a narinfo says of an item, and a signature vouches for.
 *
 * @param narHash of the uncompressed NAR; no shorter than SHA-256
 * @param narSize octets of the uncompressed NAR
 * @param references in the order in which they are stated, with the item itself if it refers to itself
 * @param deriver of the output; it need not be valid anywhere
 */
public record Claim(
        StorePath path, Hash narHash, long narSize, List<StorePath> references, Optional<StorePath> deriver) {
    public Claim {
        if (narSize < 0) {
            throw new IllegalArgumentException("a NAR of " + narSize + " octets");
        }
        references = List.copyOf(references);
    }
}
