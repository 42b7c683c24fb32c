// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.http.Proxies;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FetchProxiesTest {
    private static final URI FIRST = URI.create("http://first.example.org:3128");
    private static final URI SECOND = URI.create("http://second.example.org:3128");

    @Test
    void choosesTheProxyOfTheArchive() {
        Proxies proxies = new FetchProxies(
                List.of(
                        source("http://a.example.org/debian/", Optional.of(FIRST)),
                        source("http://b.example.org/", Optional.empty())),
                Proxies.through(SECOND));
        assertThat(proxies.proxyFor(URI.create("http://a.example.org/debian/pool/x.deb"))).contains(FIRST);
        assertThat(proxies.proxyFor(URI.create("http://a.example.org/other/x"))).contains(SECOND);
        assertThat(proxies.proxyFor(URI.create("http://b.example.org/x"))).contains(SECOND);
    }

    private static ArchiveSource source(String archive, Optional<URI> proxy) {
        return new ArchiveSource(
                URI.create(archive), "stable", List.of("main"), List.of("amd64"), List.of(), Optional.empty(),
                List.of(), ArchiveSource.Relaxed.NOTHING, proxy, "x:1");
    }
}
