// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.build.builtin.DownloadBuilder.DownloadException;
import dev.cairn.event.Activities;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Fetches one file by HTTP/1.1. Redirects are followed, though not from https to http. A connection that breaks or
 * stands still is taken up again where it ended, if the server can do that; else the file is fetched anew.
 */
final class HttpDownload implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration STANDSTILL = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 5;
    private static final long MAX_SIZE = 64L << 30;
    private static final int BUFFER = 64 * 1024;

    private final URI address;
    private final Path file;
    private final Activities.Activity activity;
    private final HttpClient client;
    private long done;
    private long reported;
    private OptionalLong total = OptionalLong.empty();

    /** The version of the file on the server, where it says. */
    private Optional<String> tag = Optional.empty();

    /** @param file is written; nothing is there yet */
    HttpDownload(URI address, Path file, Activities.Activity activity) {
        this.address = address;
        this.file = file;
        this.activity = activity;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(CONNECT)
                .build();
    }

    /** @throws IOException when the file cannot be written or the thread is interrupted */
    void run() throws DownloadException, IOException {
        String problem = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (attempt > 0) {
                activity.log("trying '" + address + "' again at octet " + done + ": " + problem);
                pause(Duration.ofMillis(200L << attempt));
            }
            try {
                HttpResponse<InputStream> response = ask();
                try (InputStream body = response.body()) {
                    prepare(response);
                    read(body);
                }
                if (total.isPresent() && done < total.getAsLong()) {
                    throw new BrokenException("the connection ended after " + done + " of " + total.getAsLong()
                            + " octets");
                }
                return;
            } catch (BrokenException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw DownloadBuilder.interrupted();
                }
                problem = e.getMessage();
            }
        }
        throw new DownloadException(problem);
    }

    private HttpResponse<InputStream> ask() throws IOException, BrokenException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(ANSWER)
                .header("User-Agent", "cairn")
                .header("Accept", "*/*");
        // Without a tag nothing says that the rest would be that of the same file.
        if (done > 0 && tag.isPresent()) {
            request.header("Range", "bytes=" + done + "-").header("If-Range", tag.get());
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException _) {
            throw DownloadBuilder.interrupted();
        } catch (IOException e) {
            throw new BrokenException(reason(e));
        }
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case HttpConnectTimeoutException _ -> "no connection within " + CONNECT.toSeconds() + " s";
            case HttpTimeoutException _ -> "no answer within " + ANSWER.toSeconds() + " s";
            case ConnectException _ -> "no connection (is there a network, is the server up?)";
            case UnknownHostException _ -> "the host is not known (is there a network?)";
            default -> Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
        };
    }

    /** Looks at the head of an answer and makes {@link #done} fit it. */
    private void prepare(HttpResponse<InputStream> response) throws DownloadException, BrokenException {
        int status = response.statusCode();
        OptionalLong length = response.headers().firstValueAsLong("Content-Length");
        if (status == 206 && done > 0) {
            String range = response.headers().firstValue("Content-Range").orElse("");
            if (!range.startsWith("bytes " + done + "-")) {
                throw new DownloadException("the server sent another part of the file than was asked for");
            }
        } else if (status == 200) {
            done = 0;
            total = length;
            tag = response.headers().firstValue("ETag").filter(value -> !value.startsWith("W/"));
        } else if (status == 408 || status == 429 || status >= 500) {
            throw new BrokenException("the server answered " + status);
        } else {
            throw new DownloadException("the server answered " + status
                    + (status == 404 || status == 410 ? " (there is no such file)" : ""));
        }
        if (total.isPresent() && total.getAsLong() > MAX_SIZE) {
            throw new DownloadException("it has " + total.getAsLong() + " octets, more than are taken");
        }
    }

    private void read(InputStream body) throws DownloadException, BrokenException, IOException {
        try (OutputStream out = done == 0
                        ? Files.newOutputStream(file)
                        : Files.newOutputStream(file, StandardOpenOption.APPEND);
                Watch watch = new Watch(body)) {
            byte[] buffer = new byte[BUFFER];
            int n = next(body, buffer);
            while (n >= 0) {
                out.write(buffer, 0, n);
                done += n;
                watch.moved();
                if (done > MAX_SIZE) {
                    throw new DownloadException("it has more than " + MAX_SIZE + " octets");
                }
                if (done >= reported || done == total.orElse(-1)) {
                    reported = Math.max(done, reported);
                    activity.progress(reported, total);
                }
                n = next(body, buffer);
            }
        }
    }

    private static int next(InputStream body, byte[] buffer) throws BrokenException {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new BrokenException("the connection broke (" + reason(e) + ")");
        }
    }

    private static void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException _) {
            throw DownloadBuilder.interrupted();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** Something that another attempt may not meet again. */
    private static final class BrokenException extends Exception {
        BrokenException(String message) {
            super(message);
        }
    }

    /** Closes a stream that stands still, which ends the read that waits for it. */
    private static final class Watch implements AutoCloseable {
        private final Thread thread;
        private volatile long latest = System.nanoTime();

        Watch(InputStream body) {
            thread = Thread.ofVirtual().start(() -> {
                try {
                    while (System.nanoTime() - latest < STANDSTILL.toNanos()) {
                        Thread.sleep(Duration.ofSeconds(1));
                    }
                    body.close();
                } catch (InterruptedException | IOException _) {
                    // The download ended by itself, or ends now.
                }
            });
        }

        void moved() {
            latest = System.nanoTime();
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
