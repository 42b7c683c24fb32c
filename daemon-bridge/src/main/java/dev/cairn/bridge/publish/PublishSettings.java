// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import dev.cairn.bridge.wire.Dialect;
import dev.cairn.narinfo.Compression;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * How a store is published.
 *
 * @param dialect whose narinfos are written
 * @param packings what is offered, in this order, each method once; Nix's dialect has room for the first one alone
 * @param ttl how long clients may rely on an answer
 * @param negativeTtl how long they may rely on there being no such item
 * @param narPath what stands between the server's name and those of archives, such as {@code nar} or {@code a/b}
 * @param host this machine's name, which is told in signatures
 */
public record PublishSettings(
        Dialect dialect,
        List<Packing> packings,
        Optional<Duration> ttl,
        Optional<Duration> negativeTtl,
        String narPath,
        String host) {
    private static final String SEGMENTS = "[A-Za-z0-9_~-][A-Za-z0-9._~-]*(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*";

    public PublishSettings {
        packings = List.copyOf(onceEach(packings));
        if (packings.isEmpty()) {
            throw new IllegalArgumentException("something has to be offered");
        }
        if (!narPath.matches(SEGMENTS)) {
            throw new IllegalArgumentException("no path of archives: '" + narPath + "'");
        }
    }

    /** An archive's name has only the method, so of several levels the one that was named first counts. */
    private static Collection<Packing> onceEach(List<Packing> packings) {
        SequencedMap<Compression, Packing> chosen = new LinkedHashMap<>();
        packings.forEach(packing -> chosen.putIfAbsent(packing.compression(), packing));
        return chosen.values();
    }
}
