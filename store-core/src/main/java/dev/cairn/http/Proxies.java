// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.net.URI;
import java.util.Optional;

/**
 * Chooses the proxy to reach an address through. An implementation must be safe for use by several threads and give
 * the same answers all its life; implementations that are equal share connections.
 */
@FunctionalInterface
public interface Proxies {
    /** Everything is reached directly. */
    Proxies NONE = _ -> Optional.empty();

    /** @return {@code http://[USER:PASSWORD@]HOST:PORT}; empty to go there directly */
    Optional<URI> proxyFor(URI address);

    /** One proxy for everything. */
    static Proxies through(URI proxy) {
        return new Single(proxy);
    }

    /** What the environment of this process says: {@code http_proxy}, {@code https_proxy}, {@code no_proxy}. */
    static Proxies environment() {
        return EnvironmentProxies.CURRENT;
    }

    /** One proxy for everything. */
    record Single(URI proxy) implements Proxies {
        @Override
        public Optional<URI> proxyFor(URI address) {
            return Optional.of(proxy);
        }
    }
}
