// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The name and password that the address of a proxy holds, told to that proxy alone. */
final class ProxyCredentials extends Authenticator {
    private final String name;
    private final String password;

    private ProxyCredentials(String name, String password) {
        this.name = name;
        this.password = password;
    }

    static Optional<Authenticator> of(URI proxy) {
        return Optional.ofNullable(proxy.getUserInfo()).map(info -> {
            int colon = info.indexOf(':');
            return colon < 0
                    ? new ProxyCredentials(info, "")
                    : new ProxyCredentials(info.substring(0, colon), info.substring(colon + 1));
        });
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        // Null is how this interface says that there is nothing to tell.
        return getRequestorType() == RequestorType.PROXY
                ? new PasswordAuthentication(name, password.toCharArray())
                : null;
    }
}
