// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import dev.cairn.event.Activities;
import dev.cairn.http.FetchException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Fetches one file by HTTP/1.1, in as many attempts as patience allows. */
final class Transfer {
    private static final int BUFFER = 64 * 1024;

    private final Supplier<HttpClient> client;
    private final Optional<IdleConnections> connections;
    private final Trouble trouble;
    private final FetchRequest request;
    private final Target target;
    private final Patience patience;
    private final Activities.Activity activity;
    private long done;
    private long reported;
    private OptionalLong total = OptionalLong.empty();
    private Optional<Instant> modified = Optional.empty();

    /** What tells this version of the file from others, where the server gives something that does. */
    private Optional<String> version = Optional.empty();

    /** Unless it was seen to be otherwise. */
    private boolean rangesServed = true;

    /**
     * @param client for whatever needs one
     * @param connections to the server, where nothing is in between; they serve as long as nothing unusual comes
     * @param trouble says what goes wrong
     */
    Transfer(
            Supplier<HttpClient> client,
            Optional<IdleConnections> connections,
            FetchRequest request,
            Target target,
            Trouble trouble,
            Activities.Activity activity) {
        this.client = client;
        this.connections = connections;
        this.trouble = trouble;
        this.request = request;
        this.target = target;
        this.patience = trouble.patience();
        this.activity = activity;
    }

    FetchAnswer run() throws FetchException, IOException {
        BrokenException problem = new BrokenException(Kind.BROKEN, "not tried");
        for (int attempt = 0; attempt < patience.attempts(); attempt++) {
            if (attempt > 0) {
                activity.log("trying '" + request.address() + "' again at octet " + done + ": " + problem.getMessage());
                pause(attempt);
            }
            try {
                return attempt();
            } catch (BrokenException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw interrupted();
                }
                problem = e;
            }
            // A server that is not there at first is not waited for; one that has gone may come back.
            if ((problem.kind == Kind.UNREACHABLE || problem.kind == Kind.INSECURE) && done == 0) {
                break;
            }
            // Nor is one that only listens, more than twice.
            if (problem.silent && done == 0 && attempt > 0) {
                break;
            }
        }
        throw new FetchException(request.address(), problem.kind, problem.getMessage());
    }

    private FetchAnswer attempt() throws FetchException, BrokenException, IOException {
        // The body first: one that was not read to its end ends its connection.
        try (Answer answer = ask();
                InputStream body = answer.body()) {
            if (answer.status() == 304 && request.since().isPresent() && done == 0) {
                return new FetchAnswer.Unchanged();
            }
            prepare(answer);
            read(body);
        }
        if (total.isPresent() && done < total.getAsLong()) {
            throw new BrokenException(
                    Kind.BROKEN, "the connection ended after " + done + " of " + total.getAsLong() + " octets");
        }
        return new FetchAnswer.Fetched(done, modified);
    }

    private Answer ask() throws FetchException, IOException, BrokenException {
        Map<String, String> headers = new LinkedHashMap<>();
        // Without that, nothing says that the rest would be that of the same file.
        if (done > 0 && version.isPresent()) {
            headers.put("Range", "bytes=" + done + "-");
            headers.put("If-Range", version.get());
        } else if (done > 0 && target.isCheckedAfterwards() && rangesServed) {
            headers.put("Range", "bytes=" + done + "-");
        } else {
            request.since().ifPresent(time -> headers.put(
                    "If-Modified-Since", DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC))));
        }
        Optional<Answer> direct = connections.isPresent() ? askDirectly(connections.get(), headers) : Optional.empty();
        return direct.isPresent() ? direct.get() : askClient(headers);
    }

    /** @return empty when it points elsewhere */
    private Optional<Answer> askDirectly(IdleConnections lines, Map<String, String> headers)
            throws BrokenException, IOException {
        PipelinedConnection connection = connect(lines::take);
        if (connection.wasUsed()) {
            try {
                return askOver(connection, lines, headers);
            } catch (BrokenException e) {
                if (Thread.currentThread().isInterrupted() || e.silent) {
                    throw e;
                }
                // It may have been closed at the other end meanwhile.
                connection = connect(lines::open);
            }
        }
        return askOver(connection, lines, headers);
    }

    private interface Connecting {
        PipelinedConnection open() throws IOException;
    }

    private PipelinedConnection connect(Connecting connecting) throws BrokenException {
        try {
            return connecting.open();
        } catch (IOException e) {
            throw new BrokenException(trouble.of(request.address(), e, false));
        }
    }

    private Optional<Answer> askOver(
            PipelinedConnection connection, IdleConnections lines, Map<String, String> headers)
            throws BrokenException, IOException {
        boolean usual = false;
        // The time is that of the whole head, in however small pieces it comes.
        try (Standstill watch = new Standstill(connection::close, patience.answer())) {
            PipelinedConnection.Head head = ask(connection, headers, watch);
            InputStream body = connection.body(head);
            if (watch.ended()) {
                throw new SocketTimeoutException();
            }
            usual = head.status() == 304 || head.status() < 300 || head.status() >= 400;
            return usual ? Optional.of(new DirectAnswer(connection, lines, head, body)) : Optional.empty();
        } catch (IOException e) {
            throw broken(e);
        } finally {
            if (!usual) {
                connection.close();
            }
        }
    }

    private PipelinedConnection.Head ask(
            PipelinedConnection connection, Map<String, String> headers, Standstill watch) throws IOException {
        try {
            return connection.ask(request.address(), headers);
        } catch (IOException e) {
            // What is closed while it is read fails in ways of its own.
            throw watch.ended() ? new SocketTimeoutException() : e;
        }
    }

    private Answer askClient(Map<String, String> headers) throws FetchException, IOException, BrokenException {
        HttpRequest.Builder asked = HttpRequest.newBuilder(request.address())
                .timeout(patience.answer())
                .header("User-Agent", "cairn")
                .header("Accept", "*/*");
        headers.forEach(asked::header);
        try {
            return new ClientAnswer(client.get().send(asked.build(), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (InterruptedException _) {
            throw interrupted();
        } catch (IOException e) {
            // The client has no type of its own for a login that is refused, nor for one that is not there to tell.
            String said = String.valueOf(e.getMessage());
            if (said.startsWith("too many authentication attempts") || said.startsWith("No credentials provided")) {
                throw refused(Kind.REFUSED, "the server, or the proxy, wants another name and password");
            }
            throw broken(e);
        }
    }

    private BrokenException broken(IOException cause) {
        boolean silent = cause instanceof SocketTimeoutException || cause instanceof HttpTimeoutException;
        FetchException failure = trouble.of(request.address(), cause, true);
        return new BrokenException(failure.kind(), failure.reason(), silent);
    }

    /** Looks at the head of an answer and makes {@link #done} fit it. */
    private void prepare(Answer answer) throws FetchException, BrokenException {
        int status = answer.status();
        if (status == 206 && done > 0) {
            String range = answer.header("content-range").orElse("");
            if (!range.startsWith("bytes " + done + "-")) {
                throw refused(Kind.REFUSED, "the server sent another part of the file than was asked for");
            }
        } else if (status == 200) {
            done = 0;
            total = answer.header("content-length")
                    .filter(text -> text.matches("[0-9]{1,18}"))
                    .stream()
                    .mapToLong(Long::parseLong)
                    .findFirst();
            Optional<String> changed = answer.header("last-modified");
            modified = changed.flatMap(Transfer::time);
            version = answer.header("etag").filter(value -> !value.startsWith("W/")).or(() -> changed);
        } else if (status == 416 && done > 0) {
            version = Optional.empty();
            rangesServed = false;
            throw new BrokenException(Kind.BROKEN, "the server has no such part of the file");
        } else if (status == 408 || status == 429 || status >= 500) {
            throw new BrokenException(Kind.BROKEN, "the server answered " + status);
        } else {
            throw refused(status);
        }
        if (total.isPresent() && total.getAsLong() > request.limit()) {
            throw refused(Kind.TOO_LARGE,
                    "it has " + total.getAsLong() + " octets, more than the " + request.limit() + " that are taken");
        }
    }

    private FetchException refused(int status) {
        String answered = "the server answered " + status;
        return switch (status) {
            case 404, 410 -> refused(Kind.NOT_FOUND, answered + " (there is no such file)");
            case 401, 403 -> refused(Kind.REFUSED, answered + " (it may not be read)");
            case 407 -> refused(Kind.REFUSED, "the proxy wants a name and a password");
            case 301, 302, 303, 307, 308 ->
                refused(Kind.REFUSED, answered + ", pointing nowhere, too often elsewhere, or from https to http");
            default -> refused(Kind.REFUSED, answered);
        };
    }

    private FetchException refused(Kind kind, String reason) {
        return new FetchException(request.address(), kind, reason);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private void read(InputStream body) throws FetchException, BrokenException, IOException {
        target.begin(done);
        try (Standstill watch = new Standstill(body, patience.standstill())) {
            byte[] buffer = new byte[BUFFER];
            int n = next(body, buffer, watch);
            while (n >= 0) {
                watch.pause();
                target.write(buffer, n);
                done += n;
                watch.moved(n);
                if (done > request.limit()) {
                    throw refused(Kind.TOO_LARGE, "it has more than " + request.limit() + " octets");
                }
                if (done >= reported || done == total.orElse(-1)) {
                    reported = Math.max(done, reported);
                    activity.progress(reported, total);
                }
                n = next(body, buffer, watch);
            }
        }
    }

    private int next(InputStream body, byte[] buffer, Standstill watch) throws BrokenException {
        String problem = "";
        int n = -1;
        try {
            n = body.read(buffer);
        } catch (IOException e) {
            problem = "the connection broke (" + broken(e).getMessage() + ")";
        }
        // Closing may look like the end of the file.
        if (watch.ended()) {
            problem = watch.reason();
        }
        if (!problem.isEmpty()) {
            throw new BrokenException(Kind.BROKEN, problem);
        }
        return n;
    }

    private void pause(int attempt) throws IOException {
        try {
            Thread.sleep(patience.pause().multipliedBy(1L << Math.min(attempt - 1, 10)));
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    /** What an interrupt means wherever it shows up. */
    static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while downloading");
    }

    /** Something that another attempt may not meet again. */
    private static final class BrokenException extends Exception {
        private final Kind kind;

        /** Whether the server took the question and did not begin to answer. */
        private final boolean silent;

        BrokenException(FetchException failure) {
            this(failure.kind(), failure.reason());
        }

        BrokenException(Kind kind, String message) {
            this(kind, message, false);
        }

        BrokenException(Kind kind, String message, boolean silent) {
            super(message);
            this.kind = kind;
            this.silent = silent;
        }
    }
}
