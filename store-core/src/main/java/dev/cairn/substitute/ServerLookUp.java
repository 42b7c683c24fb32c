// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.error.FormatException;
import dev.cairn.http.BatchFetcher;
import dev.cairn.http.BatchReply;
import dev.cairn.http.FetchException;
import dev.cairn.narinfo.CacheInfo;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.narinfo.NarinfoReader;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks one server of substitutes, or looks at what it said before. Safe for use by several threads. */
final class ServerLookUp {
    /** How long a server that is down is not asked again. */
    private static final Duration DOWN = Duration.ofMinutes(1);

    /** What nobody waits for twice. */
    private static final Duration SLOW = Duration.ofSeconds(8);

    /** How long a server that turned out not to be one for this store, or to be one, is not looked at again. */
    private static final Duration DIAGNOSED = Duration.ofHours(1);

    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** How long a server that wants to be left alone is waited for. */
    private static final Duration MOMENT = Duration.ofSeconds(3);

    private static final String NO_CACHE = "it does not look like a server of substitutes, as it has no '"
            + CacheInfo.NAME + "': is the address right?";

    private final SubstituteServer server;
    private final StoreDirectory store;
    private final NarinfoCache cache;
    private final BatchFetcher fetcher;
    private final InstantSource clock;
    private volatile Optional<Pass> pass = Optional.empty();
    private volatile boolean hasItems;
    private volatile Optional<Diagnosis> diagnosis = Optional.empty();

    /** That a server is not asked for a while. */
    private record Pass(String why, Instant until) {}

    /** What a server is that has nothing. @param problem why it is none of use */
    private record Diagnosis(Optional<String> problem, Instant until) {}

    /** Items that a server did not want to speak of now. */
    private record Deferred(List<StorePath> paths, Duration pause) {}

    ServerLookUp(
            SubstituteServer server,
            StoreDirectory store,
            NarinfoCache cache,
            BatchFetcher fetcher,
            InstantSource clock) {
        this.server = server;
        this.store = store;
        this.cache = cache;
        this.fetcher = fetcher;
        this.clock = clock;
    }

    SubstituteServer server() {
        return server;
    }

    /**
     * Looks items up.
     *
     * @param note takes what is wrong with the server as a whole, as the end of a sentence that begins with it
     */
    Map<StorePath, Answer> ask(Collection<StorePath> paths, Consumer<String> note) throws InterruptedIOException {
        Map<StorePath, Answer> answers = new LinkedHashMap<>();
        Optional<Path> folder = server.folder();
        List<StorePath> open = new ArrayList<>();
        for (StorePath path : paths) {
            Optional<Answer> answer = folder.isPresent()
                    ? Optional.of(file(folder.get(), path))
                    : cache.read(server, path).map(entry -> remembered(path, entry));
            answer.ifPresentOrElse(known -> answers.put(path, known), () -> open.add(path));
        }
        if (!open.isEmpty()) {
            answers.putAll(fetch(open, note));
        }
        hasItems |= answers.values().stream().anyMatch(Answer.Said.class::isInstance);
        return hasItems ? answers : diagnosed(answers, note);
    }

    private static Answer remembered(StorePath path, NarinfoCache.Entry entry) {
        return entry.text().map(text -> said(path, text)).orElseGet(Answer.Absent::new);
    }

    private static Answer said(StorePath path, byte[] text) {
        try {
            return new Answer.Said(NarinfoReader.read(text, path));
        } catch (FormatException e) {
            return new Answer.Strange("what it says cannot be used: " + Shown.text(e.getMessage()));
        }
    }

    private static Answer file(Path folder, StorePath path) {
        Path file = folder.resolve(path.hashPart() + Narinfo.SUFFIX);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return new Answer.Unusable("'" + file + "' is no file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return said(path, in.readNBytes(Narinfo.MAX_LENGTH + 1));
        } catch (NoSuchFileException _) {
            return new Answer.Absent();
        } catch (IOException e) {
            return new Answer.Unusable("'" + file + "' cannot be read (" + e.getMessage() + ")");
        }
    }

    private Map<StorePath, Answer> fetch(List<StorePath> paths, Consumer<String> note)
            throws InterruptedIOException {
        Optional<Pass> passed = pass.filter(one -> clock.instant().isBefore(one.until()));
        if (passed.isPresent()) {
            return all(paths, passed.get().why());
        }
        Map<StorePath, Answer> answers = new HashMap<>();
        Deferred deferred = fetch(paths, answers, note);
        if (!deferred.paths().isEmpty() && deferred.pause().compareTo(MOMENT) <= 0) {
            pause(deferred.pause());
            deferred = fetch(deferred.paths(), answers, note);
        }
        if (!deferred.paths().isEmpty()) {
            String why = "it wants to be asked less often";
            passOver(why, deferred.pause().compareTo(LONGEST) > 0 ? LONGEST : deferred.pause(), note);
            answers.putAll(all(deferred.paths(), why));
        }
        return answers;
    }

    private static Map<StorePath, Answer> all(Collection<StorePath> paths, String why) {
        Map<StorePath, Answer> answers = new HashMap<>();
        paths.forEach(path -> answers.put(path, new Answer.Unusable(why)));
        return answers;
    }

    private static void pause(Duration time) throws InterruptedIOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a server");
        }
    }

    private void passOver(String why, Duration time, Consumer<String> note) {
        pass = Optional.of(new Pass(why, clock.instant().plus(time)));
        note.accept(why);
    }

    private Deferred fetch(List<StorePath> paths, Map<StorePath, Answer> answers, Consumer<String> note)
            throws InterruptedIOException {
        List<StorePath> deferred = new ArrayList<>();
        Duration pause = Duration.ZERO;
        long start = System.nanoTime();
        BatchFetcher.Result result = fetcher.fetch(
                paths.stream().map(server::narinfo).toList(), Narinfo.MAX_LENGTH);
        String problem = result.problem().map(FetchException::reason).orElse("it did not answer");
        for (StorePath path : paths) {
            BatchReply reply = result.replies().get(server.narinfo(path));
            if (reply == null) {
                answers.put(path, new Answer.Unusable(problem));
            } else if (reply.status() == 429) {
                deferred.add(path);
                Duration wanted = ReplyTerms.retryAfter(reply, clock.instant());
                pause = wanted.compareTo(pause) > 0 ? wanted : pause;
            } else {
                answers.put(path, answer(path, reply));
            }
        }
        boolean isSlow = System.nanoTime() - start > SLOW.toNanos();
        if (result.problem().isPresent() && (isSlow || result.replies().isEmpty())) {
            passOver(problem, DOWN, note);
        } else if (result.problem().isPresent()) {
            note.accept(problem);
        }
        return new Deferred(deferred, pause);
    }

    private Answer answer(StorePath path, BatchReply reply) {
        switch (reply.status()) {
            case 200 -> {
                if (reply.body().isEmpty()) {
                    return new Answer.Strange(
                            "what it says cannot be used: it has more than " + Narinfo.MAX_LENGTH + " octets");
                }
                Answer answer = said(path, reply.body().get());
                if (answer instanceof Answer.Said) {
                    cache.write(server, path, reply.body(), ReplyTerms.positive(reply));
                }
                return answer;
            }
            case 202, 404 -> {
                cache.write(server, path, Optional.empty(), ReplyTerms.negative(reply));
                return new Answer.Absent();
            }
            case 300, 301, 302, 303, 307, 308 -> {
                cache.write(server, path, Optional.empty(), ReplyTerms.OTHER);
                return new Answer.Strange("it sends from one address to the next without end, or to nowhere");
            }
            default -> {
                cache.write(server, path, Optional.empty(), ReplyTerms.OTHER);
                return new Answer.Unusable("it answered " + reply.status());
            }
        }
    }

    /** A server without anything, or that says strange things alone, may be none: says that instead, if so. */
    private Map<StorePath, Answer> diagnosed(Map<StorePath, Answer> answers, Consumer<String> note)
            throws InterruptedIOException {
        if (answers.values().stream().noneMatch(ServerLookUp::mayBeNone)) {
            return answers;
        }
        Instant now = clock.instant();
        Optional<Diagnosis> latest = diagnosis.filter(one -> now.isBefore(one.until()));
        if (latest.isEmpty()) {
            latest = diagnose(note).map(problem -> new Diagnosis(problem, now.plus(DIAGNOSED)));
            diagnosis = latest;
        }
        Optional<String> found = latest.flatMap(Diagnosis::problem);
        if (found.isPresent()) {
            note.accept(found.get());
            answers.replaceAll((_, answer) -> mayBeNone(answer) ? new Answer.Unusable(found.get()) : answer);
        }
        return answers;
    }

    private static boolean mayBeNone(Answer answer) {
        return answer instanceof Answer.Absent || answer instanceof Answer.Strange;
    }

    /** What is wrong with it, if anything is; empty where that cannot be found out now. */
    private Optional<Optional<String>> diagnose(Consumer<String> note) throws InterruptedIOException {
        Optional<byte[]> info;
        try {
            info = server.folder().isPresent() ? info(server.folder().get()) : info();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException _) {
            return Optional.empty();
        }
        return Optional.of(info.isPresent() ? problem(info.get(), note) : Optional.of(missing()));
    }

    private String missing() {
        return server.folder().filter(folder -> !Files.isDirectory(folder)).isPresent()
                ? "there is no such folder"
                : NO_CACHE;
    }

    private Optional<String> problem(byte[] info, Consumer<String> note) {
        try {
            StoreDirectory theirs = CacheInfo.read(info).store();
            if (theirs.equals(store)) {
                return Optional.empty();
            }
            String why = "its items are for the store " + theirs + ", not for " + store;
            passOver(why, DIAGNOSED, note);
            return Optional.of(why);
        } catch (FormatException _) {
            return Optional.of(NO_CACHE);
        }
    }

    private static Optional<byte[]> info(Path folder) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(CacheInfo.NAME))) {
            return Optional.of(in.readNBytes(CacheInfo.MAX_LENGTH));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /** @throws IOException when nothing can be said, as the server is in trouble */
    private Optional<byte[]> info() throws IOException {
        URI address = server.info();
        BatchReply reply = fetcher.fetch(List.of(address), CacheInfo.MAX_LENGTH).replies().get(address);
        if (reply == null || reply.status() >= 500 || reply.status() == 429) {
            throw new IOException("no answer");
        }
        return reply.status() == 200 ? reply.body() : Optional.empty();
    }
}
