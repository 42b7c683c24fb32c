// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.channel.SourceStatus;
import dev.cairn.channel.debian.SourceFetch.Result;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.event.Activities;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.http.FetchException;
import dev.cairn.http.Fetcher;
import dev.cairn.http.Proxies;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fetches the indices of archives and verifies them: signature, dates and suite of the release, then every file. */
public final class ArchiveFetch {
    private final Path folder;
    private final Optional<Previous> previous;
    private final FetchOptions options;
    private final Fetcher fetcher;
    private final Activities activities;

    private ArchiveFetch(
            Path folder, Optional<Previous> previous, FetchOptions options, Fetcher fetcher, Activities activities) {
        this.folder = folder;
        this.previous = previous;
        this.options = options;
        this.fetcher = fetcher;
        this.activities = activities;
    }

    /** What an earlier call left. */
    public record Previous(Path folder, FetchReport report) {}

    /**
     * Fetches what changed. A source that cannot be reached, read or verified is passed over: its status says why, and
     * what {@code previous} has of it is kept.
     *
     * @param folder an empty folder that takes the files, each source's in a sub-folder
     * @param previous the folder of an earlier call and what it gave; files that are the same are linked, not fetched
     * @throws DaemonException.StoreIo when files cannot be written
     * @throws DaemonException.Cancelled when the thread was interrupted
     */
    public static FetchReport fetch(
            List<ArchiveSource> sources, Path folder, Optional<Previous> previous, EventSink events)
            throws CairnException {
        return fetch(sources, folder, previous, events, FetchOptions.usual());
    }

    static FetchReport fetch(
            List<ArchiveSource> sources,
            Path folder,
            Optional<Previous> previous,
            EventSink events,
            FetchOptions options)
            throws CairnException {
        try (Fetcher fetcher = new Fetcher(Proxies.NONE, options.patience())) {
            return new ArchiveFetch(folder, previous, options, fetcher, new Activities(events)).fetch(sources);
        } catch (IOException e) {
            throw DaemonException.of("fetching lists of packages into '" + folder + "'", e);
        }
    }

    private FetchReport fetch(List<ArchiveSource> sources) throws CairnException, IOException {
        List<FetchTasks.Task<Result>> tasks = new ArrayList<>();
        Map<String, Integer> names = new HashMap<>();
        for (ArchiveSource source : sources) {
            String name = FetchFolder.name(source);
            int count = names.merge(name, 1, Integer::sum);
            String own = count == 1 ? name : name + "-" + count;
            tasks.add(() -> fetch(source, own));
        }
        List<Result> results = FetchTasks.all(tasks);
        List<FetchedIndex> indices =
                results.stream().flatMap(result -> result.indices().stream()).toList();
        List<SourceStatus> statuses = results.stream().map(Result::status).toList();
        return new FetchReport(indices, statuses, hasChanged(results, indices));
    }

    /** @param name of the source's sub-folder, here and before */
    private Result fetch(ArchiveSource source, String name) throws CairnException, IOException {
        FetchFolder own = new FetchFolder(folder.resolve(name));
        Files.createDirectories(own.path());
        Optional<FetchFolder> before = previous
                .map(known -> new FetchFolder(known.folder().resolve(name)))
                .filter(known -> Files.isDirectory(known.path()));
        try {
            return source.access().mirrors() ? ofMirrors(source, own, before) : of(source, own, before);
        } catch (FetchException e) {
            Optional<String> hint = e.hint().or(() -> Optional.of("Check the address in " + source.origin() + "."));
            return kept(source, own, before, unreachable(e), hint);
        } catch (FetchProblem e) {
            return kept(source, own, before, e.getMessage(), e.hint());
        }
    }

    private Result of(ArchiveSource source, FetchFolder own, Optional<FetchFolder> before)
            throws CairnException, IOException {
        FetchDownloads downloads = new FetchDownloads(source, fetcher, activities);
        return new SourceFetch(new FetchJob(source, downloads, own, before, options)).fetch();
    }

    /** From the first mirror that gives all; where none does, what is wrong with the last one is told. */
    private Result ofMirrors(ArchiveSource source, FetchFolder own, Optional<FetchFolder> before)
            throws CairnException, IOException {
        FetchDownloads downloads = new FetchDownloads(source, fetcher, activities);
        List<URI> mirrors = Mirrors.fetch(source, downloads, own.path().resolve("mirrors"));
        for (int i = 0; ; i++) {
            try {
                Result result = of(source.at(mirrors.get(i)), own, before);
                return new Result(result.indices(), result.status().labelled(source.label()), result.changed());
            } catch (FetchException | FetchProblem e) {
                if (i == mirrors.size() - 1) {
                    throw e;
                }
                FileTrees.delete(own.path());
                Files.createDirectories(own.path());
            }
        }
    }

    private static String unreachable(FetchException e) {
        String what = e.kind() == FetchException.Kind.UNREACHABLE ? "cannot be reached" : "cannot be fetched";
        return what + ": '" + e.address() + "': " + e.reason();
    }

    /** What there was of a source before, with what kept it from being fetched again. */
    private Result kept(
            ArchiveSource source,
            FetchFolder own,
            Optional<FetchFolder> before,
            String problem,
            Optional<String> hint)
            throws IOException {
        FileTrees.delete(own.path());
        List<FetchedIndex> indices = new ArrayList<>();
        if (before.isPresent()) {
            Files.createDirectories(own.path());
            for (Path file : FileTrees.entries(before.get().path())) {
                FetchFolder.link(file, own.path().resolve(file.getFileName()));
            }
            for (FetchedIndex index : previous.orElseThrow().report().indices()) {
                boolean wanted = index.packages().startsWith(before.get().path())
                        && (index.component().isEmpty() || source.components().contains(index.component()));
                if (wanted) {
                    indices.add(moved(index, own));
                }
            }
        }
        Optional<SourceStatus> known = previous.stream()
                .flatMap(earlier -> earlier.report().sources().stream())
                .filter(status -> status.label().equals(source.label()))
                .findFirst();
        SourceStatus status = new SourceStatus(
                source.label(),
                source.origin(),
                known.flatMap(SourceStatus::date),
                known.flatMap(SourceStatus::validUntil),
                known.map(SourceStatus::signers).orElse(List.of()),
                known.map(SourceStatus::relaxed).orElse(List.of()),
                Optional.of(problem),
                hint);
        return new Result(indices, status, false);
    }

    private static FetchedIndex moved(FetchedIndex index, FetchFolder own) {
        return new FetchedIndex(
                index.archive(),
                index.suite(),
                index.component(),
                index.architecture(),
                own.path().resolve(index.packages().getFileName()),
                index.translation().map(file -> own.path().resolve(file.getFileName())),
                index.origin(),
                index.standing());
    }

    private boolean hasChanged(List<Result> results, List<FetchedIndex> indices) {
        if (previous.isEmpty() || results.stream().anyMatch(Result::changed)) {
            return true;
        }
        return !places(previous.get().report().indices(), previous.get().folder()).equals(places(indices, folder));
    }

    /** What indices are of, whatever folder they are in. */
    private static HashSet<List<String>> places(List<FetchedIndex> indices, Path folder) {
        HashSet<List<String>> places = new HashSet<>();
        for (FetchedIndex index : indices) {
            places.add(List.of(
                    index.archive().toString(),
                    index.suite(),
                    index.component(),
                    index.architecture(),
                    folder.relativize(index.packages()).toString(),
                    index.translation().isPresent() ? "translated" : "",
                    index.standing().name()));
        }
        return places;
    }
}
