// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.app.format.ByteSizes;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.CollectionResult;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.Root;
import dev.cairn.daemon.StoreGraph;
import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Collects garbage, and asks who needs whom. */
@Command(name = "gc")
final class GcCommand extends CairnCommand {
    @ArgGroup(exclusive = true)
    private Action action = new Action();

    @Option(
            names = {"-d", "--delete-generations"},
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "PATTERN",
            descriptionKey = "gc-delete-generations",
            order = 30)
    private @Nullable String generations;

    @Option(
            names = {"-n", "--dry-run"},
            descriptionKey = "gc-dry-run",
            order = 31)
    private boolean dryRun;

    @Option(names = "--json", descriptionKey = "json", order = 32)
    private boolean json;

    /** What to do; at most one. */
    private static final class Action {
        @Option(
                names = {"-C", "--collect-garbage"},
                arity = "0..1",
                fallbackValue = "",
                paramLabel = "MIN",
                descriptionKey = "gc-collect",
                order = 20)
        private @Nullable String collect;

        @Option(
                names = {"-D", "--delete"},
                arity = "1..*",
                paramLabel = "ITEM",
                descriptionKey = "gc-delete",
                order = 21)
        private @Nullable List<String> delete;

        @Option(
                names = {"-F", "--free-space"},
                paramLabel = "FREE",
                descriptionKey = "gc-free-space",
                order = 22)
        private @Nullable String freeSpace;

        @Option(names = "--list-roots", descriptionKey = "gc-list-roots", order = 22)
        private boolean listRoots;

        @Option(names = "--list-failures", descriptionKey = "gc-list-failures", order = 22)
        private boolean listFailures;

        @Option(
                names = "--clear-failures",
                arity = "1..*",
                paramLabel = "ITEM",
                descriptionKey = "gc-clear-failures",
                order = 22)
        private @Nullable List<String> clearFailures;

        @Option(names = {"--optimize", "--optimise"}, descriptionKey = "gc-optimise", order = 22)
        private boolean optimise;

        @Option(names = "--list-dead", descriptionKey = "gc-list-dead", order = 22)
        private boolean listDead;

        @Option(names = "--list-live", descriptionKey = "gc-list-live", order = 23)
        private boolean listLive;

        @Option(
                names = "--references",
                arity = "1..*",
                paramLabel = "ITEM",
                descriptionKey = "gc-references",
                order = 24)
        private @Nullable List<String> references;

        @Option(
                names = "--referrers",
                arity = "1..*",
                paramLabel = "ITEM",
                descriptionKey = "gc-referrers",
                order = 25)
        private @Nullable List<String> referrers;

        @Option(names = "--derivers", arity = "1..*", paramLabel = "ITEM", descriptionKey = "gc-derivers", order = 25)
        private @Nullable List<String> derivers;

        @Option(
                names = {"-R", "--requisites"},
                arity = "1..*",
                paramLabel = "ITEM",
                descriptionKey = "gc-requisites",
                order = 26)
        private @Nullable List<String> requisites;
    }

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        Optional<Long> limit = limit(workspace);
        if (generations != null) {
            GenerationDeletion.of(workspace, Optional.of(generations).filter(text -> !text.isEmpty()))
                    .perform(session, workspace, dryRun);
        }
        if (action.references != null) {
            return print(session, references(workspace, action.references));
        }
        if (action.derivers != null) {
            return print(session, derivers(workspace, action.derivers));
        }
        if (action.listFailures) {
            return print(session, workspace.daemon().failedPaths());
        }
        if (action.clearFailures != null) {
            workspace.daemon().clearFailedPaths(action.clearFailures);
            return ExitCode.OK;
        }
        if (action.listRoots) {
            return roots(session, workspace);
        }
        if (action.optimise) {
            return optimise(session, workspace);
        }
        if (limit.isPresent() && limit.get() <= 0 && action.freeSpace != null) {
            session.note(Texts.text("gc-enough-space", action.freeSpace));
            return ExitCode.OK;
        }
        if (action.referrers != null) {
            return print(session, referrers(workspace, action.referrers));
        }
        if (action.requisites != null) {
            return print(session, requisites(workspace, action.requisites));
        }
        if (action.listDead || action.listLive) {
            CollectionRequest request =
                    action.listDead ? CollectionRequest.listDead() : CollectionRequest.listLive();
            return list(session, workspace, collect(session, workspace, request));
        }
        if (!dryRun) {
            workspace.launchers().tidy();
        }
        CollectionRequest request = action.delete == null
                ? CollectionRequest.deleteDead(limit, dryRun)
                : CollectionRequest.deleteSpecific(
                        new TreeSet<>(StoreItems.all(workspace, action.delete)), dryRun);
        return deleted(session, collect(session, workspace, request));
    }

    /** After how much freed to stop; for a wish for free space not more than 0 if there is enough of it. */
    private Optional<Long> limit(Workspace workspace) throws CairnException, IOException {
        if (action.freeSpace != null) {
            Path store = workspace.layout().physicalStore();
            return Optional.of(Sizes.parse(action.freeSpace) - Files.getFileStore(store).getUsableSpace());
        }
        return action.collect == null || action.collect.isEmpty()
                ? Optional.empty()
                : Optional.of(Sizes.parse(action.collect));
    }

    private int roots(Session session, Workspace workspace) throws CairnException, IOException {
        List<Root> roots = workspace.daemon().roots();
        if (json) {
            Json.print(session.out(), generator -> {
                generator.writeStartArray();
                for (Root root : roots) {
                    generator.writeStartObject();
                    generator.writeStringProperty("kind", root.kind().name().toLowerCase(Locale.ROOT));
                    generator.writeStringProperty("name", root.name());
                    generator.writeStringProperty("item", root.item().toString());
                    generator.writeEndObject();
                }
                generator.writeEndArray();
            });
        } else {
            for (Root root : roots) {
                session.out().line(root.name() + " -> " + root.item());
            }
        }
        return ExitCode.OK;
    }

    private static int optimise(Session session, Workspace workspace) throws CairnException {
        try (Progress progress = new Progress(session)) {
            long saved = workspace.daemon().optimise(progress);
            session.note(Texts.text("gc-optimised", ByteSizes.text(saved)));
        }
        return ExitCode.OK;
    }

    private static Collection<StorePath> derivers(Workspace workspace, List<String> names) throws CairnException {
        SortedSet<StorePath> found = new TreeSet<>();
        for (StorePath item : StoreItems.all(workspace, names)) {
            found.addAll(workspace.daemon().validDerivers(item));
        }
        return found;
    }

    private static CollectionResult collect(Session session, Workspace workspace, CollectionRequest request)
            throws CairnException {
        try (Progress progress = new Progress(session)) {
            return workspace.daemon().collectGarbage(request, progress);
        }
    }

    private int deleted(Session session, CollectionResult result) throws IOException {
        if (json) {
            json(session.out(), result.paths(), "deleted", result.bytes());
            return ExitCode.OK;
        }
        if (dryRun) {
            for (String path : result.paths()) {
                session.out().line(path);
            }
        }
        session.out().flush();
        session.note(Texts.text(
                dryRun ? "gc-would-free" : "gc-freed", result.paths().size(), ByteSizes.text(result.bytes())));
        return ExitCode.OK;
    }

    private int list(Session session, Workspace workspace, CollectionResult result)
            throws CairnException, IOException {
        if (json) {
            json(session.out(), result.paths(), "items", narSizes(workspace.daemon().graph(), result.paths()));
        } else {
            for (String path : result.paths()) {
                session.out().line(path);
            }
        }
        return ExitCode.OK;
    }

    private static long narSizes(StoreGraph graph, Collection<String> paths) {
        Set<String> wanted = Set.copyOf(paths);
        return IntStream.range(0, graph.paths().size())
                .filter(item -> wanted.contains(graph.paths().get(item).toString()))
                .mapToLong(item -> graph.narSizes()[item])
                .sum();
    }

    private void json(Output out, Collection<String> paths, String name, long bytes) throws IOException {
        Json.print(out, generator -> {
            generator.writeStartObject();
            generator.writeBooleanProperty("dryRun", dryRun);
            Json.strings(generator, name, paths);
            generator.writeNumberProperty("bytes", bytes);
            generator.writeEndObject();
        });
    }

    private int print(Session session, Collection<StorePath> items) throws IOException {
        if (json) {
            Json.print(session.out(), generator -> {
                generator.writeStartArray();
                items.forEach(item -> generator.writeString(item.toString()));
                generator.writeEndArray();
            });
        } else {
            for (StorePath item : items) {
                session.out().line(item.toString());
            }
        }
        return ExitCode.OK;
    }

    private static Collection<StorePath> references(Workspace workspace, List<String> names) throws CairnException {
        SortedSet<StorePath> found = new TreeSet<>();
        for (StorePath item : StoreItems.all(workspace, names)) {
            found.addAll(workspace.daemon()
                    .pathInfo(item)
                    .orElseThrow(() -> new DaemonException.NotValid(item))
                    .references());
        }
        return found;
    }

    private static Collection<StorePath> referrers(Workspace workspace, List<String> names) throws CairnException {
        SortedSet<StorePath> found = new TreeSet<>();
        for (StorePath item : StoreItems.all(workspace, names)) {
            if (!workspace.daemon().isValid(item)) {
                throw new DaemonException.NotValid(item);
            }
            found.addAll(workspace.daemon().referrers(item));
        }
        return found;
    }

    private static Collection<StorePath> requisites(Workspace workspace, List<String> names) throws CairnException {
        return new TreeSet<>(workspace.daemon().requisites(StoreItems.all(workspace, names)).stream()
                .map(PathInfo::path)
                .toList());
    }
}
