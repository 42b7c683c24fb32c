// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.net.URI;
import java.util.Optional;

/**
 * Chooses how to reach an address: through which proxy, and with which login. An implementation must be safe for use by
 * several threads and give the same answers all its life; implementations that are equal share connections.
 */
@FunctionalInterface
public interface Proxies {
    /** Everything is reached directly. */
    Proxies NONE = _ -> Optional.empty();

    /** @return {@code http://[USER:PASSWORD@]HOST:PORT}; empty to go there directly */
    Optional<URI> proxyFor(URI address);

    /** The name and password to tell the server of an address when it asks; told to no other. */
    default Optional<Login> loginFor(URI address) {
        return Optional.empty();
    }

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
