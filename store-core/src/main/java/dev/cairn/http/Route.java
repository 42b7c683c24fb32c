// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Locale;
import java.util.Optional;

/**
 * One way to servers, which connections are shared along.
 *
 * @param proxy {@code http://[USER:PASSWORD@]HOST:PORT}
 * @param login for one server, if that wants one
 * @param origin that server; empty where no login is
 */
record Route(Optional<URI> proxy, Optional<Login> login, String origin) {
    static {
        // Passwords for proxies that https goes through are off by default, as they go there in the clear; whoever
        // writes one into a proxy's address wants it told. Read once, when the first client is made.
        String property = "jdk.http.auth.tunneling.disabledSchemes";
        if (System.getProperty(property) == null) {
            System.setProperty(property, "");
        }
    }

    static Route to(URI address, Proxies proxies) {
        Optional<Login> login = proxies.loginFor(address);
        return new Route(
                proxies.proxyFor(address),
                login,
                login.isPresent() ? origin(address.getScheme(), address.getHost(), address.getPort()) : "");
    }

    /** A server as {@code SCHEME://HOST:PORT}. */
    static String origin(String scheme, String host, int port) {
        String kind = scheme.toLowerCase(Locale.ROOT);
        return kind + "://" + host.toLowerCase(Locale.ROOT) + ":"
                + (port >= 0 ? port : kind.equals("https") ? 443 : 80);
    }

    /** Whether its proxy, if it has one, is of a kind that can be used. */
    boolean isPassable() {
        return proxy.isEmpty() || "http".equalsIgnoreCase(proxy.get().getScheme()) && proxy.get().getHost() != null;
    }

    /** The proxy as it may be shown. */
    String shownProxy() {
        return proxy.map(address -> address.getScheme() + "://" + address.getHost()).orElse("");
    }

    HttpClient client(Patience patience) {
        return client(patience, HttpClient.Redirect.NORMAL);
    }

    HttpClient client(Patience patience, HttpClient.Redirect redirects) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(redirects)
                .connectTimeout(patience.connect())
                .proxy(HttpClient.Builder.NO_PROXY);
        // Not resolved yet: the host may become known later.
        proxy.map(address -> InetSocketAddress.createUnresolved(
                        address.getHost(), address.getPort() < 0 ? 80 : address.getPort()))
                .map(ProxySelector::of)
                .ifPresent(client::proxy);
        Optional<Login> forProxy = proxy.map(URI::getUserInfo).map(Login::of);
        if (forProxy.isPresent() || login.isPresent()) {
            client.authenticator(new Credentials(forProxy, login, origin));
        }
        return client.build();
    }
}
