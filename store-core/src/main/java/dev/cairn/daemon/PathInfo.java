// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.hash.Hash;
import dev.cairn.path.SortedPaths;
import dev.cairn.path.StorePath;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What a store knows of a valid item.
 *
 * @param path the item
 * @param narHash SHA-256 of its NAR
 * @param narSize octets of its NAR; 0 when not known
 * @param references the items it refers to, itself included where it does
 * @param deriver the derivation that made it, if any is recorded
 * @param registered when it became valid, to the second
 * @param provenance why it may be trusted, where the store keeps that
 */
public record PathInfo(
        StorePath path,
        Hash narHash,
        long narSize,
        SortedSet<StorePath> references,
        Optional<StorePath> deriver,
        Instant registered,
        Provenance provenance) {
    public PathInfo {
        references = SortedPaths.copyOf(references);
    }

    /** An item of which only that is known that every store keeps. */
    public PathInfo(
            StorePath path,
            Hash narHash,
            long narSize,
            SortedSet<StorePath> references,
            Optional<StorePath> deriver,
            Instant registered) {
        this(path, narHash, narSize, references, deriver, registered, Provenance.NONE);
    }

    /** The same item with other references. */
    public PathInfo with(SortedSet<StorePath> others) {
        return new PathInfo(path, narHash, narSize, others, deriver, registered, provenance);
    }

    /** The same item with another provenance. */
    public PathInfo with(Provenance other) {
        return new PathInfo(path, narHash, narSize, references, deriver, registered, other);
    }
}
