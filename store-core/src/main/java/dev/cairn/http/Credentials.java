// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URL;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Names and passwords for one proxy and one server, told to these alone: not where a server points to. */
final class Credentials extends Authenticator {
    private final Optional<Login> forProxy;
    private final Optional<Login> forServer;
    private final String origin;

    /** @param origin of the server, as {@link Route#origin} writes it */
    Credentials(Optional<Login> forProxy, Optional<Login> forServer, String origin) {
        this.forProxy = forProxy;
        this.forServer = forServer;
        this.origin = origin;
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        Optional<Login> login = switch (getRequestorType()) {
            case PROXY -> forProxy;
            case SERVER -> forServer.filter(_ -> isServer(getRequestingURL()));
        };
        // Null is how this interface says that there is nothing to tell.
        return login.map(l -> new PasswordAuthentication(l.name(), l.password().toCharArray())).orElse(null);
    }

    private boolean isServer(@Nullable URL address) {
        return address != null
                && Route.origin(address.getProtocol(), address.getHost(), address.getPort())
                        .equals(origin);
    }
}
