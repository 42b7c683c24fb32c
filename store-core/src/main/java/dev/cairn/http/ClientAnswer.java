// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Optional;

/** An answer that came through the JDK's client. */
record ClientAnswer(HttpResponse<InputStream> response) implements Answer {
    @Override
    public int status() {
        return response.statusCode();
    }

    @Override
    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    @Override
    public InputStream body() {
        return response.body();
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
