// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.http.Proxies;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Proxies for what lies in archives: each source's own for what is below its address, as apt would take; for all else,
 * and for sources that name none, those of another choice. For the store, which downloads packages by their addresses
 * alone.
 */
public record FetchProxies(List<ArchiveSource> sources, Proxies otherwise) implements Proxies {
    public FetchProxies {
        sources = List.copyOf(sources);
    }

    @Override
    public Optional<URI> proxyFor(URI address) {
        String text = address.toString();
        return sources.stream()
                .filter(source -> text.startsWith(source.archive().toString()))
                .flatMap(source -> source.proxy().stream())
                .findFirst()
                .or(() -> otherwise.proxyFor(address));
    }
}
