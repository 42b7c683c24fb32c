// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.manifest.ManifestReader;
import dev.cairn.manifest.SearchPathSpecification;
import dev.cairn.scheme.Datum;
import dev.cairn.scheme.SchemePrinter;
import dev.cairn.scheme.SchemeReader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Asks a Guix on this machine, by the protocol of {@code guix repl --type=machine}: it greets with {@code (repl-version
 * 0 ...)}, then answers each expression by {@code (values (value VALUE)...)} or {@code (exception ...)}, a line each.
 * The program is started with the first question and ended when it does not answer in time; then, or when it fails,
 * nothing more is known. Safe for use by several threads.
 */
public final class GuixRepl implements PackageSource, AutoCloseable {
    private static final int MAX_LINE = 8 << 20;

    /** Gives name, version, place, propagated inputs and search paths of all packages of a name and version. */
    private static final String QUESTION = """
            (begin (use-modules (gnu packages) (guix packages) (guix search-paths) (guix diagnostics) (ice-9 match)) \
            (map (lambda (p) (let ((l (package-location p))) \
            (list (if l (location-file l) "") (if l (location-line l) 0) \
            (map (match-lambda ((_ (? package? i)) (list (package-name i) (package-version i) "out")) \
            ((_ (? package? i) o) (list (package-name i) (package-version i) o)) (_ #f)) \
            (package-propagated-inputs p)) \
            (map search-path-specification->sexp (package-native-search-paths p))))) \
            (find-packages-by-name NAME VERSION)))
            """;

    private final Starter starter;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<List<String>, List<Answer>> known = new HashMap<>();
    private Optional<Program> running = Optional.empty();
    private Optional<String> failure = Optional.empty();

    /** Starts the program. */
    @FunctionalInterface
    public interface Starter {
        Program start() throws IOException;
    }

    /** The program while it runs; closing it ends it. */
    public interface Program extends Closeable {
        /** What it is told. */
        OutputStream questions();

        /** What it says. */
        InputStream answers();
    }

    private record Answer(String file, long line, Knowledge knowledge) {}

    /** @param patience how long an answer may take, the first one with all that Guix does when it starts */
    public GuixRepl(Starter starter, Duration patience) {
        this.starter = starter;
        this.patience = patience;
    }

    @Override
    public Knowledge of(String name, String version, Location location) throws CairnException {
        lock.lock();
        try {
            List<Answer> answers = answers(name, version);
            if (answers.isEmpty()) {
                return new Knowledge.Unknown("the Guix on this machine has no " + name + "@" + version);
            }
            Optional<Answer> same = answers.stream()
                    .filter(answer -> answer.file().equals(location.file()) && answer.line() == location.line())
                    .findFirst();
            boolean agree = answers.stream().map(Answer::knowledge).distinct().count() == 1;
            return same.or(() -> agree ? answers.stream().findFirst() : Optional.empty())
                    .map(Answer::knowledge)
                    .orElseGet(() -> new Knowledge.Unknown(
                            "the Guix on this machine has several " + name + "@" + version));
        } catch (InterruptedIOException _) {
            throw new DaemonException.Cancelled();
        } catch (IOException | FormatException e) {
            end();
            failure = Optional.of("the Guix on this machine does not answer: " + e.getMessage());
            return new Knowledge.Unknown(failure.get());
        } finally {
            lock.unlock();
        }
    }

    private List<Answer> answers(String name, String version) throws IOException, FormatException {
        List<Answer> before = known.get(List.of(name, version));
        if (before != null) {
            return before;
        }
        if (failure.isPresent()) {
            throw new IOException(failure.get().replaceFirst("^[^:]*: ", ""));
        }
        if (running.isEmpty()) {
            running = Optional.of(starter.start());
            if (!(line() instanceof Datum.Listing greeting) || !isCall(greeting, "repl-version")) {
                throw new FormatException("guix repl", "it does not greet");
            }
        }
        String question = QUESTION
                .replace("NAME", SchemePrinter.print(Datum.text(name)))
                .replace("VERSION", SchemePrinter.print(Datum.text(version)));
        OutputStream out = running.get().questions();
        out.write(question.getBytes(StandardCharsets.UTF_8));
        out.flush();
        List<Answer> answers = read(line());
        known.put(List.of(name, version), answers);
        return answers;
    }

    private Datum line() throws IOException, FormatException {
        InputStream in = running.orElseThrow().answers();
        CompletableFuture<String> reading = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                reading.complete(readLine(in));
            } catch (IOException | RuntimeException e) {
                reading.completeExceptionally(e);
            }
        });
        try {
            return SchemeReader.read(reading.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            throw new IOException("it takes longer than " + patience.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException _) {
            end();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new IOException("it ended");
            }
            if (line.size() == MAX_LINE) {
                throw new IOException("its answer has more than " + MAX_LINE + " octets");
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static boolean isCall(Datum.Listing list, String name) {
        return !list.elements().isEmpty() && list.elements().getFirst().equals(Datum.symbol(name));
    }

    private static List<Answer> read(Datum reply) throws FormatException {
        if (reply instanceof Datum.Listing(List<Datum> values, _)
                && values.size() == 2
                && values.getFirst().equals(Datum.symbol("values"))
                && values.get(1) instanceof Datum.Listing(List<Datum> value, _)
                && value.size() == 2
                && value.get(1) instanceof Datum.Listing(List<Datum> packages, _)) {
            List<Answer> answers = new ArrayList<>();
            for (Datum each : packages) {
                answers.add(answer(each));
            }
            return answers;
        }
        String shown = SchemePrinter.print(reply);
        throw new FormatException("guix repl", shown.substring(0, Math.min(200, shown.length())));
    }

    private static Answer answer(Datum datum) throws FormatException {
        if (!(datum instanceof Datum.Listing(List<Datum> parts, _))
                || parts.size() != 4
                || !(parts.get(0) instanceof Datum.Text(String file))
                || !(parts.get(1) instanceof Datum.Whole line)
                || !(parts.get(2) instanceof Datum.Listing(List<Datum> inputs, _))
                || !(parts.get(3) instanceof Datum.Listing(List<Datum> paths, _))) {
            throw new FormatException("guix repl", "an answer of another form");
        }
        List<PropagatedInput> propagated = new ArrayList<>();
        boolean whole = true;
        for (Datum each : inputs) {
            if (each instanceof Datum.Listing(List<Datum> input, _)
                    && input.size() == 3
                    && input.get(0) instanceof Datum.Text(String name)
                    && input.get(1) instanceof Datum.Text(String version)
                    && input.get(2) instanceof Datum.Text(String output)
                    && !name.isEmpty() && !version.isEmpty() && !output.isEmpty()) {
                propagated.add(new PropagatedInput(name, Optional.of(version), output));
            } else {
                whole = false;
            }
        }
        List<SearchPathSpecification> searchPaths = new ArrayList<>();
        for (Datum each : paths) {
            searchPaths.add(ManifestReader.searchPath(each));
        }
        Knowledge knowledge = whole
                ? new Knowledge.Known(propagated, searchPaths)
                : new Knowledge.Unknown("something it propagates is no package", propagated, searchPaths);
        return new Answer(file, line.value().longValue(), knowledge);
    }

    private void end() {
        Optional<Program> program = running;
        running = Optional.empty();
        if (program.isPresent()) {
            try {
                program.get().close();
            } catch (IOException _) {
                // It is gone already.
                return;
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            end();
        } finally {
            lock.unlock();
        }
    }
}
