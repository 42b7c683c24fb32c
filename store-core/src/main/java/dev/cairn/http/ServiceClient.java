// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import dev.cairn.error.CairnException;
import dev.cairn.http.FetchException.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;

/**
 * Asks a service questions whose answers are read as they come. Answers may be compressed with gzip. Redirects are
 * followed within the same host alone. Questions that meet a broken connection, or a server that is busy, are asked
 * again. Safe for use by several threads; interruption ends a call.
 */
public final class ServiceClient implements AutoCloseable {
    /** Questions to one host at once. */
    private static final int PER_HOST = 4;

    private static final int MOST_REDIRECTS = 5;
    private static final int GZIP_OVERHEAD = 64 * 1024;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Proxies proxies;
    private final Patience patience;
    private final String accept;
    private final Map<Route, HttpClient> clients = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> permits = new ConcurrentHashMap<>();

    /** @param accept media type of the answers, such as {@code application/json} */
    public ServiceClient(Proxies proxies, Patience patience, String accept) {
        this.proxies = proxies;
        this.patience = patience;
        this.accept = accept;
    }

    /** Reads one answer; called anew for each attempt. */
    @FunctionalInterface
    public interface Reading<T> {
        /**
         * @param status neither that of a redirect nor one that says to try again later
         * @param type the media type, as the server says it; empty where it does not
         * @param body decompressed; need not be read to its end
         * @throws IOException when the answer ends too early: the question is asked again
         */
        T read(int status, String type, InputStream body) throws IOException, CairnException;
    }

    /**
     * Asks one question.
     *
     * @param address with the scheme http or https
     * @param limit octets that an answer may have at most, decompressed
     * @throws FetchException when there is no answer
     * @throws IOException an {@link java.io.InterruptedIOException}
     * @throws CairnException what {@code reading} throws
     */
    public <T> T get(URI address, long limit, Reading<T> reading) throws CairnException, IOException {
        String scheme = Optional.ofNullable(address.getScheme()).orElse("");
        if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https") || address.getHost() == null) {
            throw new FetchException(address, Kind.REFUSED, "it is not of the form http://HOST or https://HOST");
        }
        Semaphore permit = permits.computeIfAbsent(address.getAuthority(), _ -> new Semaphore(PER_HOST));
        try {
            permit.acquire();
        } catch (InterruptedException _) {
            throw Transfer.interrupted();
        }
        try {
            return attempts(address, limit, reading);
        } finally {
            permit.release();
        }
    }

    private <T> T attempts(URI address, long limit, Reading<T> reading) throws CairnException, IOException {
        Duration pause = patience.pause();
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(address, limit, reading);
            } catch (BusyException e) {
                if (attempt == patience.attempts()) {
                    throw new FetchException(address, Kind.BROKEN, "the server answered " + e.status);
                }
                pause = longer(pause, e.after);
            } catch (TooLongException _) {
                throw new FetchException(address, Kind.TOO_LARGE, "it has more than " + limit + " octets");
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw Transfer.interrupted();
                }
                FetchException failure = new Trouble(Route.to(address, proxies), patience).of(address, e, true);
                // A server that is not there, or is another than it says, is not waited for.
                if (attempt == patience.attempts() || failure.kind() != Kind.BROKEN) {
                    throw failure;
                }
            }
            sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private static Duration longer(Duration pause, Optional<Duration> wanted) {
        Duration longer = wanted.filter(duration -> duration.compareTo(pause) > 0).orElse(pause);
        return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }

    private <T> T attempt(URI address, long limit, Reading<T> reading) throws CairnException, IOException {
        URI place = address;
        for (int redirects = 0; ; redirects++) {
            HttpResponse<InputStream> response = ask(place);
            try (InputStream body = response.body()) {
                int status = response.statusCode();
                Optional<String> elsewhere = status >= 301 && status <= 308 && status != 304
                        ? response.headers().firstValue("Location")
                        : Optional.empty();
                if (elsewhere.isPresent()) {
                    if (redirects == MOST_REDIRECTS) {
                        throw new FetchException(address, Kind.REFUSED, "the server points elsewhere again and again");
                    }
                    place = redirected(place, elsewhere.get());
                    continue;
                }
                if (status == 429 || status == 502 || status == 503 || status == 504) {
                    throw new BusyException(status, response.headers().firstValue("Retry-After"));
                }
                return read(response, body, limit, reading);
            }
        }
    }

    private <T> T read(HttpResponse<InputStream> response, InputStream body, long limit, Reading<T> reading)
            throws CairnException, IOException {
        try (Standstill watch = new Standstill(body, patience.standstill())) {
            InputStream watched = new Watched(body, watch);
            boolean compressed = response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip");
            InputStream plain = new Limited(compressed ? decompressed(watched, limit) : watched, limit);
            return reading.read(
                    response.statusCode(), response.headers().firstValue("Content-Type").orElse(""), plain);
        }
    }

    /** What comes is bounded as well: there is no end to what may stand between the octets that come out. */
    private static InputStream decompressed(InputStream in, long limit) throws IOException {
        return new GZIPInputStream(new Limited(in, limit + limit / 8 + GZIP_OVERHEAD), 16 * 1024);
    }

    private HttpResponse<InputStream> ask(URI address) throws CairnException, IOException {
        Route route = Route.to(address, proxies);
        if (!route.isPassable()) {
            throw new FetchException(
                    address,
                    Kind.REFUSED,
                    "the proxy '" + route.shownProxy() + "' is not of the kind http://HOST:PORT");
        }
        HttpClient client =
                clients.computeIfAbsent(route, way -> way.client(patience, HttpClient.Redirect.NEVER));
        HttpRequest question = HttpRequest.newBuilder(address)
                .timeout(patience.answer())
                .header("User-Agent", "cairn")
                .header("Accept", accept)
                .header("Accept-Encoding", "gzip")
                .build();
        try {
            return client.send(question, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException _) {
            throw Transfer.interrupted();
        }
    }

    private static URI redirected(URI from, String location) throws FetchException {
        try {
            URI to = from.resolve(location);
            boolean same = from.getHost().equalsIgnoreCase(to.getHost())
                    && (from.getPort() == to.getPort() || to.getPort() < 0)
                    && (from.getScheme().equalsIgnoreCase(to.getScheme()) || "https".equalsIgnoreCase(to.getScheme()));
            if (same) {
                return to;
            }
        } catch (IllegalArgumentException _) {
            // As good as another host.
        }
        throw new FetchException(from, Kind.REFUSED, "the server points to another one, '" + location + "'");
    }

    private static void sleep(Duration pause) throws IOException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException _) {
            throw Transfer.interrupted();
        }
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        clients.values().forEach(HttpClient::shutdownNow);
    }

    /** The server has too much to do. */
    private static final class BusyException extends IOException {
        private final int status;
        private final transient Optional<Duration> after;

        BusyException(int status, Optional<String> after) {
            super("busy");
            this.status = status;
            this.after = after.filter(text -> text.matches("[0-9]{1,6}"))
                    .map(text -> Duration.ofSeconds(Long.parseLong(text)));
        }
    }

    private static final class TooLongException extends IOException {}

    /** Tells the watch that something came, and the reader that nothing did for too long. */
    private static final class Watched extends FilterInputStream {
        private final Standstill watch;

        Watched(InputStream body, Standstill watch) {
            super(body);
            this.watch = watch;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            if (watch.ended()) {
                throw new IOException("nothing more came");
            }
            // Answers are thought about while they are sent, now and then for long.
            watch.moved(Standstill.LEAST);
            return n;
        }
    }

    /** Ends with an exception where more comes than may. */
    private static final class Limited extends FilterInputStream {
        private long left;

        Limited(InputStream body, long limit) {
            super(body);
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            left -= Math.max(0, n);
            if (left < 0) {
                throw new TooLongException();
            }
            return n;
        }
    }
}
