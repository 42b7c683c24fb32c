// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Asks one question after the other through the JDK's client, which knows proxies and logins. */
final class ClientLine implements Line {
    private final HttpClient client;
    private final Patience patience;
    private Optional<CompletableFuture<HttpResponse<InputStream>>> asked = Optional.empty();
    private Optional<InputStream> answer = Optional.empty();
    private boolean closed;

    ClientLine(HttpClient client, Patience patience) {
        this.client = client;
        this.patience = patience;
    }

    @Override
    public void ask(List<URI> addresses) {
        // Asked when the answer is read.
    }

    @Override
    public BatchReply read(URI address, int limit) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(patience.answer())
                .header("User-Agent", "cairn")
                .header("Accept", "*/*")
                .build();
        HttpResponse<InputStream> response = await(send(request));
        try (InputStream body = opened(response.body());
                Standstill watch = new Standstill(body, patience.standstill())) {
            byte[] octets = body.readNBytes(limit + 1);
            if (watch.ended() || isClosed()) {
                // Closing may look like the end of the file.
                throw new IOException("nothing more came");
            }
            Map<String, String> headers = new HashMap<>();
            response.headers().map().forEach(
                    (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            return new BatchReply(
                    response.uri(),
                    response.statusCode(),
                    headers,
                    octets.length > limit ? Optional.empty() : Optional.of(octets));
        }
    }

    private synchronized CompletableFuture<HttpResponse<InputStream>> send(HttpRequest request) throws IOException {
        if (closed) {
            throw new IOException("given up");
        }
        CompletableFuture<HttpResponse<InputStream>> future =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        asked = Optional.of(future);
        return future;
    }

    private static HttpResponse<InputStream> await(CompletableFuture<HttpResponse<InputStream>> future)
            throws IOException {
        try {
            return future.get();
        } catch (InterruptedException _) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking a server");
        } catch (CancellationException e) {
            throw new IOException("given up", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    /** Remembers the body for whoever closes this; ends it if that was done meanwhile. */
    private synchronized InputStream opened(InputStream body) throws IOException {
        answer = Optional.of(body);
        if (closed) {
            body.close();
        }
        return body;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isReusable() {
        return true;
    }

    @Override
    public boolean wasUsed() {
        return false;
    }

    /** Ends what is under way; the client keeps connections that nothing is asked over. */
    @Override
    public void close() {
        Optional<InputStream> body;
        synchronized (this) {
            closed = true;
            asked.ifPresent(future -> future.cancel(true));
            body = answer;
        }
        try {
            if (body.isPresent()) {
                body.get().close();
            }
        } catch (IOException _) {
            // It ended by itself.
        }
    }
}
