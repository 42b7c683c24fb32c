// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.error.FormatException;
import dev.cairn.http.BatchFetcher;
import dev.cairn.http.BatchReply;
import dev.cairn.http.FetchException;
import dev.cairn.narinfo.CacheInfo;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.narinfo.NarinfoReader;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.substitute.SubstituteServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a server of substitutes says of items when it is asked just now, whether or not it is believed.
 *
 * @param server who was asked
 * @param found what it has
 * @param time that asking took
 * @param problem why not all questions were answered, or an answer made no sense
 */
record ServerSurvey(
        SubstituteServer server, SortedMap<StorePath, Narinfo> found, Duration time, Optional<String> problem) {
    /** Asks a server. */
    static ServerSurvey of(BatchFetcher fetcher, SubstituteServer server, Collection<StorePath> items)
            throws IOException {
        long start = System.nanoTime();
        Answers answers = server.folder().isPresent()
                ? read(server.folder().get(), items)
                : ask(fetcher, server, items);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        SortedMap<StorePath, Narinfo> found = new TreeMap<>();
        Optional<String> problem = answers.problem();
        for (Map.Entry<StorePath, byte[]> answer : answers.texts().entrySet()) {
            try {
                found.put(answer.getKey(), NarinfoReader.read(answer.getValue(), answer.getKey()));
            } catch (FormatException e) {
                problem = problem.or(() -> Optional.of(Texts.text(
                        "survey.unreadable", answer.getKey(), e.getMessage())));
            }
        }
        if (found.isEmpty() && problem.isEmpty() && !items.isEmpty()) {
            problem = diagnose(fetcher, server, items.iterator().next().directory());
        }
        return new ServerSurvey(server, found, time, problem);
    }

    /** Who has nothing at all may be no server of substitutes, or one for another store. */
    private static Optional<String> diagnose(BatchFetcher fetcher, SubstituteServer server, StoreDirectory store)
            throws IOException {
        Optional<byte[]> text;
        if (server.folder().isPresent()) {
            text = read(server.folder().get().resolve(CacheInfo.NAME), CacheInfo.MAX_LENGTH);
        } else {
            URI address = server.info();
            text = Optional.ofNullable(
                            fetcher.fetch(List.of(address), CacheInfo.MAX_LENGTH).replies().get(address))
                    .filter(reply -> reply.status() == 200)
                    .flatMap(BatchReply::body);
        }
        try {
            if (text.isEmpty()) {
                return Optional.of(Texts.text("survey.no-server", CacheInfo.NAME));
            }
            StoreDirectory theirs = CacheInfo.read(text.get()).store();
            return theirs.equals(store)
                    ? Optional.empty()
                    : Optional.of(Texts.text("survey.other-store", theirs, store));
        } catch (FormatException e) {
            return Optional.of(e.getMessage());
        }
    }

    private record Answers(Map<StorePath, byte[]> texts, Optional<String> problem) {}

    private static Answers ask(BatchFetcher fetcher, SubstituteServer server, Collection<StorePath> items)
            throws IOException {
        Map<URI, StorePath> questions = new LinkedHashMap<>();
        for (StorePath item : items) {
            questions.put(server.narinfo(item), item);
        }
        BatchFetcher.Result result = fetcher.fetch(questions.keySet(), Narinfo.MAX_LENGTH);
        Map<StorePath, byte[]> texts = new LinkedHashMap<>();
        Optional<String> problem = result.problem().map(FetchException::reason);
        for (Map.Entry<URI, StorePath> question : questions.entrySet()) {
            BatchReply reply = result.replies().get(question.getKey());
            if (reply == null) {
                continue;
            }
            switch (reply.status()) {
                case 200 -> reply.body().ifPresent(body -> texts.put(question.getValue(), body));
                case 202, 404 -> {}
                default -> problem = problem.or(
                        () -> Optional.of(Texts.text("survey.status", Integer.toString(reply.status()))));
            }
        }
        return new Answers(texts, problem);
    }

    private static Answers read(Path folder, Collection<StorePath> items) throws IOException {
        if (!Files.isDirectory(folder)) {
            return new Answers(Map.of(), Optional.of(Texts.text("survey.no-folder")));
        }
        Map<StorePath, byte[]> texts = new LinkedHashMap<>();
        for (StorePath item : items) {
            read(folder.resolve(item.hashPart() + Narinfo.SUFFIX), Narinfo.MAX_LENGTH)
                    .ifPresent(text -> texts.put(item, text));
        }
        return new Answers(texts, Optional.empty());
    }

    /** A file, with one octet too many if it is too long; empty where there is none. */
    private static Optional<byte[]> read(Path file, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(in.readNBytes(limit + 1));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }
}
