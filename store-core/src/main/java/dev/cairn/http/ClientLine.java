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

/** Asks one question after the other through the JDK's client, which knows proxies and logins. */
record ClientLine(HttpClient client, Patience patience) implements Line {
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
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body();
                    Standstill _ = new Standstill(body, patience.standstill())) {
                byte[] octets = body.readNBytes(limit + 1);
                Map<String, String> headers = new HashMap<>();
                response.headers().map().forEach(
                        (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
                return new BatchReply(
                        response.uri(),
                        response.statusCode(),
                        headers,
                        octets.length > limit ? Optional.empty() : Optional.of(octets));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking a server");
        }
    }

    @Override
    public boolean isReusable() {
        return true;
    }

    @Override
    public boolean wasUsed() {
        return false;
    }

    @Override
    public void close() {
        // The client keeps its connections.
    }
}
