// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.hash.Hash;
import dev.cairn.narinfo.Compression;
import dev.cairn.path.ContentAddress;
import dev.cairn.path.StorePath;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One way to get an item that somebody trusted vouches for.
 *
 * @param server the URL of who offers it
 * @param narHash what its NAR must have; no shorter than SHA-256
 * @param narSize octets that its NAR must have
 * @param references itself included where it refers to itself
 * @param deriver as announced; it need not be valid
 * @param signatures in Nix's form, to be kept where the store does that
 * @param contents from what its name follows, where nobody but that vouches for it
 * @param address where the NAR is
 * @param downloadSize octets on the way, as a hint
 */
public record Candidate(
        String server,
        StorePath path,
        Hash narHash,
        long narSize,
        SortedSet<StorePath> references,
        Optional<StorePath> deriver,
        List<String> signatures,
        Optional<ContentAddress> contents,
        URI address,
        Compression compression,
        OptionalLong downloadSize) {
    public Candidate {
        references = Collections.unmodifiableSortedSet(new TreeSet<>(references));
        signatures = List.copyOf(signatures);
    }

    /** Such as {@code https://example.org (zstd)}. */
    String shown() {
        return server + " (" + compression + ")";
    }
}
