// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.channel.SourceStatus;
import dev.cairn.debian.ReleaseFile;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fetches one source: its release, then what that lists of what is asked for. */
final class SourceFetch {
    private final FetchJob job;

    SourceFetch(FetchJob job) {
        this.job = job;
    }

    /** What came of it. */
    record Result(List<FetchedIndex> indices, SourceStatus status, boolean changed) {}

    /** An index that was asked for. @param changed whether it differs from the one before */
    private record Index(String component, String architecture, Path file, boolean translation, boolean changed) {}

    /** @throws FetchProblem when nothing new can be taken */
    Result fetch() throws CairnException, IOException {
        ReleaseFetch.Fetched fetched = new ReleaseFetch(job).fetch();
        Optional<ReleaseFile> release = fetched.release();
        IndexFetch indices = new IndexFetch(job, release, fetched.before());
        List<String> missing = new ArrayList<>();
        List<Index> files = FetchTasks.all(tasks(indices, release, missing));
        String origin = release.map(ReleaseFile::origin).orElse("");
        List<FetchedIndex> result = files.stream()
                .filter(index -> !index.translation())
                .map(index -> new FetchedIndex(
                        job.source().archive(),
                        job.source().suite(),
                        index.component(),
                        index.architecture(),
                        index.file(),
                        files.stream()
                                .filter(other -> other.translation() && other.component().equals(index.component()))
                                .map(Index::file)
                                .findFirst(),
                        origin,
                        release.map(Standing::of).orElse(Standing.USUAL)))
                .toList();
        SourceStatus status = new SourceStatus(
                job.source().label(),
                job.source().origin(),
                release.flatMap(ReleaseFile::date),
                release.flatMap(new FetchRules(job.source(), job.options().now())::validUntil),
                fetched.signers(),
                fetched.relaxed(),
                missing.isEmpty() ? Optional.empty() : Optional.of("the suite has no " + String.join(", no ", missing)),
                missing.isEmpty()
                        ? Optional.empty()
                        : Optional.of("The rest is taken. Check the components in " + job.source().origin() + "."));
        boolean changed = files.stream().anyMatch(Index::changed) || !release.equals(fetched.before());
        return new Result(result, status, changed);
    }

    /** What there is to fetch; what there is not is added to {@code missing} where it should be there. */
    private List<FetchTasks.Task<Index>> tasks(
            IndexFetch indices, Optional<ReleaseFile> release, List<String> missing) {
        List<FetchTasks.Task<Index>> tasks = new ArrayList<>();
        if (job.source().suite().endsWith("/")) {
            String architecture = job.source().architectures().isEmpty()
                    ? "all"
                    : job.source().architectures().getFirst();
            tasks.add(() -> packages(indices, "Packages", "", architecture));
            return tasks;
        }
        for (String component : job.source().components()) {
            for (String architecture : architectures(release)) {
                String name = component + "/binary-" + architecture + "/Packages";
                if (indices.isListed(name)) {
                    tasks.add(() -> packages(indices, name, component, architecture));
                } else if (architecture.equals(job.source().architectures().getFirst())) {
                    missing.add("packages for " + architecture + " in '" + component + "'");
                }
            }
            String name = component + "/i18n/Translation-en";
            if (release.isPresent() && job.source().reading().translations() && indices.isListed(name)) {
                Path file = job.folder().translation(component);
                tasks.add(() -> new Index(
                        component,
                        "",
                        file,
                        true,
                        indices.fetch(name, file, job.earlier(known -> known.translation(component)))));
            }
        }
        return tasks;
    }

    /** Those that are asked for, and where packages of all architectures have an index of their own, {@code all}. */
    private List<String> architectures(Optional<ReleaseFile> release) {
        List<String> architectures = new ArrayList<>(job.source().architectures());
        boolean own = release.filter(known -> known.architectures().contains("all"))
                .filter(known -> !known.noSupportForArchitectureAll())
                .isPresent();
        if (own && !architectures.contains("all")) {
            architectures.add("all");
        }
        return architectures;
    }

    private Index packages(IndexFetch indices, String name, String component, String architecture)
            throws CairnException, IOException {
        Path file = job.folder().packages(component, architecture);
        boolean changed = indices.fetch(
                name, file, job.earlier(known -> known.packages(component, architecture)));
        return new Index(component, architecture, file, false, changed);
    }
}
