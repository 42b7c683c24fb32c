// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.http.Login;
import dev.cairn.http.Proxies;
import java.net.URI;
import java.util.Optional;

/**
 * How an archive is reached.
 *
 * @param proxy to go through; directly where there is none
 * @param login to tell its server when it asks
 * @param mirrors whether its address is that of a list of mirrors, which are reached in the same way; they are not told
 *     the login
 */
public record ArchiveAccess(Optional<URI> proxy, Optional<Login> login, boolean mirrors) {
    public static final ArchiveAccess DIRECT = new ArchiveAccess(Optional.empty(), Optional.empty(), false);

    /** For everything of one archive. */
    Proxies proxies() {
        return new Way(proxy, login);
    }

    private record Way(Optional<URI> proxy, Optional<Login> login) implements Proxies {
        @Override
        public Optional<URI> proxyFor(URI address) {
            return proxy;
        }

        @Override
        public Optional<Login> loginFor(URI address) {
            return login;
        }
    }
}
