// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.error.FormatException;
import dev.cairn.http.BatchFetcher;
import dev.cairn.http.BatchReply;
import dev.cairn.http.FetchException;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.narinfo.NarinfoReader;
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
        return new ServerSurvey(server, found, time, problem);
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
            try (InputStream in = Files.newInputStream(folder.resolve(item.hashPart() + Narinfo.SUFFIX))) {
                texts.put(item, in.readNBytes(Narinfo.MAX_LENGTH + 1));
            } catch (NoSuchFileException _) {
                // It does not have it.
            }
        }
        return new Answers(texts, Optional.empty());
    }
}
