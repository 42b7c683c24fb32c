// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import dev.cairn.event.Activities;
import dev.cairn.http.FetchException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Fetches files. Connections are kept open and used again, so one fetcher should serve for many files of a host; a
 * host sees no more than a few at once. Safe for use by several threads; interruption ends a call.
 */
public final class Fetcher implements AutoCloseable {
    /** Connections to one host at once. */
    private static final int PER_HOST = 8;

    private final Proxies proxies;
    private final Patience patience;
    private final int perHost;

    /** A client has one way to choose proxies and logins. */
    private final Map<Route, HttpClient> clients = new ConcurrentHashMap<>();

    /** By servers. */
    private final Map<String, IdleConnections> connections = new ConcurrentHashMap<>();

    private final Map<String, Semaphore> permits = new ConcurrentHashMap<>();

    /** @param proxies how addresses are reached, unless a request says something else */
    public Fetcher(Proxies proxies, Patience patience) {
        this(proxies, patience, PER_HOST);
    }

    /** The same. @param perHost connections to one host at once */
    public Fetcher(Proxies proxies, Patience patience, int perHost) {
        this.proxies = proxies;
        this.patience = patience;
        this.perHost = perHost;
    }

    /**
     * Fetches one file. Redirects are followed, though not from https to http. A connection that breaks or stands
     * still is taken up again where it ended, if the server can do that; else the file is fetched anew. A proxy that is
     * chosen for the address serves for where it redirects to, too.
     *
     * @param file is written; nothing is there yet. Left as it is, perhaps in part, when this fails
     * @param activity takes progress in octets, and a line for each further attempt
     * @throws IOException when the file cannot be written, or an {@link java.io.InterruptedIOException}
     */
    public FetchAnswer fetch(FetchRequest request, Path file, Activities.Activity activity)
            throws FetchException, IOException {
        try (Target target = new FileTarget(file)) {
            return fetch(request, target, activity);
        }
    }

    /**
     * Fetches one file of which whoever takes it finds out by himself whether it is the right one: if the server
     * cannot go on where a connection broke, what comes once more is passed over. Else the same.
     *
     * @param out takes every octet once, and may make the server wait; flushed, not closed
     */
    public FetchAnswer fetch(FetchRequest request, OutputStream out, Activities.Activity activity)
            throws FetchException, IOException {
        try (Target target = new StreamTarget(out)) {
            return fetch(request, target, activity);
        }
    }

    private FetchAnswer fetch(FetchRequest request, Target target, Activities.Activity activity)
            throws FetchException, IOException {
        String scheme = Optional.ofNullable(request.address().getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (scheme.equals("file")) {
            return FileCopy.copy(request, target, activity);
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new FetchException(
                    request.address(), Kind.REFUSED, "it does not start with file:, http: or https:");
        }
        if (request.address().getHost() == null) {
            throw new FetchException(request.address(), Kind.REFUSED, "it names no host");
        }
        Route route = Route.to(request.address(), request.proxies().orElse(proxies));
        if (!route.isPassable()) {
            throw new FetchException(
                    request.address(),
                    Kind.REFUSED,
                    "the proxy '" + route.shownProxy() + "' is not of the kind http://HOST:PORT");
        }
        Semaphore permit = permits.computeIfAbsent(request.address().getAuthority(), _ -> new Semaphore(perHost));
        try {
            permit.acquire();
        } catch (InterruptedException _) {
            throw Transfer.interrupted();
        }
        try {
            return new Transfer(
                            () -> clients.computeIfAbsent(route, way -> way.client(patience)),
                            connections(route, request.address(), scheme),
                            request,
                            target,
                            new Trouble(route, patience),
                            activity)
                    .run();
        } finally {
            permit.release();
        }
    }

    /** Connections of our own: for a server without secrets or detours, where they take less than the JDK's client. */
    private Optional<IdleConnections> connections(Route route, URI address, String scheme) {
        if (!scheme.equals("http") || route.proxy().isPresent() || route.login().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(connections.computeIfAbsent(
                Route.origin(scheme, address.getHost(), address.getPort()),
                _ -> new IdleConnections(address, patience, perHost)));
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        connections.values().forEach(IdleConnections::close);
        clients.values().forEach(HttpClient::shutdownNow);
    }
}
