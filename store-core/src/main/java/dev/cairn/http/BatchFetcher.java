// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks servers for many small files at once: over a few connections each, sending further questions before the answers
 * to earlier ones are there, so that the time that the network takes is waited for a few times rather than once a file.
 * Where a proxy or a login is needed, one question at a time over more connections. Safe for use by several threads;
 * interruption ends a call.
 */
public final class BatchFetcher implements AutoCloseable {
    private static final int CONNECTIONS = 8;

    /** Few enough questions to be sent while nobody reads. */
    private static final int DEPTH = 64;

    /** Questions that are worth a connection of their own. */
    private static final int SHARE = 4;

    private static final int CONNECTIONS_OF_CLIENT = 16;
    private static final int MAX_REDIRECTS = 5;

    private final Proxies proxies;
    private final Patience patience;
    private final Duration time;
    private final Map<String, IdleConnections> connections = new ConcurrentHashMap<>();
    private final Map<Route, HttpClient> clients = new ConcurrentHashMap<>();

    /**
     * What came of it.
     *
     * @param replies by the addresses that were asked for; without those that were not answered
     * @param problem why some were not answered
     */
    public record Result(Map<URI, BatchReply> replies, Optional<FetchException> problem) {
        public Result {
            replies = Map.copyOf(replies);
        }
    }

    /**
     * @param proxies how servers are reached
     * @param patience for each connection
     * @param time for all answers together
     */
    public BatchFetcher(Proxies proxies, Patience patience, Duration time) {
        this.proxies = proxies;
        this.patience = patience;
        this.time = time;
    }

    /**
     * Asks for files, by http or https. Redirects are followed, though not from https to http.
     *
     * @param limit octets that each may have
     */
    public Result fetch(Collection<URI> addresses, int limit) throws InterruptedIOException {
        Map<URI, BatchReply> replies = new HashMap<>();
        Optional<FetchException> problem = Optional.empty();
        Map<URI, URI> targets = new LinkedHashMap<>();
        addresses.forEach(address -> targets.put(address, address));
        long end = System.nanoTime() + time.toNanos();
        for (int hops = 0; hops <= MAX_REDIRECTS && !targets.isEmpty(); hops++) {
            Result result = ask(targets.values(), limit, end);
            problem = problem.or(result::problem);
            Map<URI, URI> further = new LinkedHashMap<>();
            targets.forEach((asked, target) -> Optional.ofNullable(result.replies().get(target))
                    .ifPresent(reply -> {
                        replies.put(asked, reply);
                        redirect(reply).ifPresent(next -> further.put(asked, next));
                    }));
            targets.clear();
            targets.putAll(further);
        }
        return new Result(replies, problem);
    }

    private static Optional<URI> redirect(BatchReply reply) {
        if (!reply.isRedirect()) {
            return Optional.empty();
        }
        try {
            URI target = reply.address().resolve(reply.header("Location").orElse(""));
            boolean secure = "https".equalsIgnoreCase(target.getScheme());
            boolean plain = "http".equalsIgnoreCase(target.getScheme())
                    && "http".equalsIgnoreCase(reply.address().getScheme());
            return Optional.of(target).filter(_ -> target.getHost() != null && (secure || plain));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** @param end of all time */
    private Result ask(Collection<URI> addresses, int limit, long end) throws InterruptedIOException {
        Map<String, List<URI>> byServer = new LinkedHashMap<>();
        for (URI address : addresses.stream().distinct().toList()) {
            String server = Route.origin(address.getScheme(), address.getHost(), address.getPort());
            byServer.computeIfAbsent(server, _ -> new ArrayList<>()).add(address);
        }
        Map<URI, BatchReply> replies = new HashMap<>();
        Optional<FetchException> problem = Optional.empty();
        for (Map.Entry<String, List<URI>> questions : byServer.entrySet()) {
            Batch batch = askServer(questions.getKey(), questions.getValue(), limit, end);
            replies.putAll(batch.replies());
            problem = problem.or(batch::problem);
        }
        return new Result(replies, replies.size() < addresses.size() ? problem : Optional.empty());
    }

    private Batch askServer(String server, List<URI> questions, int limit, long end) throws InterruptedIOException {
        Route route = Route.to(questions.getFirst(), proxies);
        Trouble trouble = new Trouble(route, patience);
        if (route.proxy().isPresent() || route.login().isPresent()) {
            HttpClient client = clients.computeIfAbsent(route, way -> way.client(patience));
            Batch batch = new Batch(clientLines(client), questions, 1, limit, trouble);
            batch.run(Math.min(questions.size(), CONNECTIONS_OF_CLIENT), end, time);
            return batch;
        }
        IdleConnections lines = connections.computeIfAbsent(
                server, _ -> new IdleConnections(questions.getFirst(), patience, CONNECTIONS));
        int width = Math.min(CONNECTIONS, (questions.size() + SHARE - 1) / SHARE);
        int depth = Math.min(DEPTH, (questions.size() + width - 1) / width);
        Batch batch = new Batch(lines, questions, depth, limit, trouble);
        batch.run(width, end, time);
        return batch;
    }

    private Batch.Lines clientLines(HttpClient client) {
        return new Batch.Lines() {
            @Override
            public Line take() {
                return new ClientLine(client, patience);
            }

            @Override
            public void giveBack(Line line) {
                line.close();
            }
        };
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        connections.values().forEach(IdleConnections::close);
        clients.values().forEach(HttpClient::shutdownNow);
    }
}
