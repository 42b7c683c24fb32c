// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.build.builtin.Builtin;
import dev.cairn.build.builtin.Builtins;
import dev.cairn.build.sandbox.BuildUser;
import dev.cairn.build.sandbox.Sandbox;
import dev.cairn.build.sandbox.UserGroups;
import dev.cairn.daemon.BuildFailure;
import dev.cairn.daemon.BuildMode;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationOutput;
import dev.cairn.error.CairnException;
import dev.cairn.event.Activities;
import dev.cairn.fs.Interrupts;
import dev.cairn.fs.LargeFiles;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** One run of one builder, from its folders to the check of what it made. Used by one thread. */
final class Attempt {
    /** Numbers of builders that are no process, greater than any process has. */
    private static final AtomicLong NEXT_NUMBER = new AtomicLong(1L << 22 | 1);

    private final Goal goal;
    private final SortedSet<StorePath> wanted;
    private final BuildStore store;
    private final BuildTerms terms;
    private final Optional<Sandbox> sandbox;
    private final Optional<BuildUser> user;
    private final Activities.Activity activity;
    private final BuildReport report;
    private final BuildLog log;
    private Optional<Long> killed = Optional.empty();

    Attempt(
            Goal goal,
            SortedSet<StorePath> wanted,
            BuildStore store,
            BuildTerms terms,
            Optional<Sandbox> sandbox,
            Optional<BuildUser> user,
            Activities.Activity activity,
            BuildReport report,
            BuildLog log) {
        this.goal = goal;
        this.wanted = wanted;
        this.store = store;
        this.terms = terms;
        this.sandbox = sandbox;
        this.user = user;
        this.activity = activity;
        this.report = report;
        this.log = log;
    }

    /** Builds, and gives what was made to {@code rounds}. */
    List<OutputCheck.Made> run(SpareFolders spares, Rounds rounds) throws BuildError, DaemonException, IOException {
        Derivation derivation = goal.derivation();
        List<PathInfo> inputs = inputs(derivation);
        Optional<Builtin> builtin = builtin(derivation);
        boolean temporary = builtin.isPresent() && builtin.get().needsTemporaryFolder();
        try (BuildFolders folders = derivation.isBuiltin()
                ? BuildFolders.makeBuiltin(store.layout(), goal.path(), temporary, spares)
                : BuildFolders.make(store.layout(), goal.path(), user)) {
            Optional<Redirection> open = openOutputs(derivation);
            try {
                SortedMap<String, Path> written = written(derivation, folders, open);
                if (derivation.isBuiltin()) {
                    runBuiltin(builtin, written, folders);
                } else {
                    runProgram(open.isPresent() ? open.get().told(derivation) : derivation, inputs, folders);
                }
                LargeFiles large =
                        new LargeFiles(store.layout().physicalStore(), store.layout().largeFiles());
                OutputCheck check =
                        new OutputCheck(goal.path(), derivation, folders, large, inputs, report, user, open);
                List<OutputCheck.Made> made = check.examine(written, wanted, goal.mode() != BuildMode.CHECK);
                Interrupts.check();
                rounds.end(made);
                folders.succeeded();
                return made;
            } catch (BuildError e) {
                boolean failed = e.stage() == BuildError.Stage.FAILED;
                if (failed) {
                    keep(folders);
                }
                report.failed(e);
                if (!failed) {
                    keep(folders);
                }
                throw e;
            } catch (DaemonException e) {
                keep(folders);
                throw e;
            } finally {
                if (user.isEmpty()) {
                    killed.ifPresent(process -> report.say("killing process " + process));
                }
                if (open.isPresent()) {
                    open.get().clear();
                }
            }
        }
    }

    /** The closure of what the builder may use. */
    private List<PathInfo> inputs(Derivation derivation) throws DaemonException {
        SortedSet<StorePath> direct = new TreeSet<>(derivation.inputSources());
        for (Map.Entry<StorePath, SortedSet<String>> input :
                derivation.inputDerivations().entrySet()) {
            Derivation made = store.derivation(input.getKey());
            for (String output : input.getValue()) {
                direct.add(made.outputs().get(output).path().orElseThrow());
            }
        }
        return direct.isEmpty() ? List.of() : store.requisites(direct);
    }

    /**
     * Without isolation a builder writes straight to the names it was given, which must not be those of valid items.
     */
    private Optional<Redirection> openOutputs(Derivation derivation) throws DaemonException, IOException {
        if (derivation.isBuiltin() || sandbox.isPresent()) {
            return Optional.empty();
        }
        SortedSet<StorePath> taken = new TreeSet<>(derivation.outputPaths());
        if (goal.mode() == BuildMode.NORMAL) {
            taken.removeAll(wanted);
        }
        Redirection open = new Redirection(store.layout(), goal.path(), taken);
        // No collection takes them for strays, and nothing of an attempt that was killed is mixed into them.
        store.addTemporaryRoots(open.names());
        open.clear();
        return Optional.of(open);
    }

    private SortedMap<String, Path> written(
            Derivation derivation, BuildFolders folders, Optional<Redirection> open) {
        SortedMap<String, Path> written = new TreeMap<>();
        for (Map.Entry<String, DerivationOutput> output : derivation.outputs().entrySet()) {
            StorePath item = output.getValue().path().orElseThrow();
            written.put(
                    output.getKey(),
                    open.isPresent() ? open.get().file(item) : folders.outputs().resolve(item.baseName()));
        }
        return written;
    }

    private static Optional<Builtin> builtin(Derivation derivation) {
        return derivation.isBuiltin()
                ? Builtins.find(derivation.builder().substring("builtin:".length()))
                : Optional.empty();
    }

    private void runProgram(Derivation told, List<PathInfo> inputs, BuildFolders folders)
            throws BuildError, DaemonException, IOException {
        BuilderRun run = new BuilderRun(goal, told, store, terms, sandbox, user, report, log);
        try {
            run.run(inputs, folders);
        } finally {
            killed = run.killed();
        }
        // Without a sandbox something may be left that would change what is checked now.
        if (user.isPresent()) {
            UserGroups.endProcessesOf(user.get());
        }
    }

    private void runBuiltin(Optional<Builtin> builtin, SortedMap<String, Path> written, BuildFolders folders)
            throws BuildError, DaemonException, IOException {
        Derivation derivation = goal.derivation();
        String kept = terms.settings().keepLogs()
                ? LogFiles.shown(store.layout(), goal.path(), terms.settings().logCompression())
                : "";
        report.started(derivation.system(), kept, NEXT_NUMBER.getAndIncrement());
        if (builtin.isEmpty()) {
            String name = derivation.builder().substring("builtin:".length());
            throw failed("unsupported builtin function '" + name + "'", Optional.empty());
        }
        try {
            builtin.get().build(new Builtin.Context(
                    goal.path(),
                    derivation,
                    store.layout(),
                    written,
                    folders.buildFolder(),
                    store.fetcher(),
                    activity,
                    new Telling()));
        } catch (DaemonException e) {
            throw e;
        } catch (CairnException e) {
            if (builtin.get().isGuix() && derivation.isFixedOutput()) {
                throw BuildError.withoutOutput(goal.path(), derivation.outputPaths().getFirst(), e);
            }
            throw failed(e.getMessage(), e.hint());
        }
        Interrupts.check();
        if (builtin.get().isGuix() && goal.mode() != BuildMode.NORMAL) {
            for (StorePath output : wanted) {
                report.say("warning: rewriting hashes in `" + output + "'; cross fingers");
            }
        }
    }

    /** What guix-daemon's own builders tell goes where the output of programs goes. */
    private final class Telling implements Builtin.Telling {
        @Override
        public String nameOf(StorePath output) {
            return goal.mode() == BuildMode.NORMAL
                    ? output.toString()
                    : Placement.redirected(goal.path(), output);
        }

        @Override
        public void write(String text) throws IOException {
            log.tell(text);
        }
    }

    /** A builder that is part of Cairn failed as one would that is a program. */
    private BuildError failed(String reason, Optional<String> hint) throws IOException {
        log.line("error: " + reason);
        boolean again = !goal.derivation().isFixedOutput();
        return BuildError.failed(
                again ? BuildFailure.PERMANENT : BuildFailure.OTHER,
                "builder for `" + goal.path() + "' failed with exit code 1",
                reason,
                hint);
    }

    private void keep(BuildFolders folders) throws IOException {
        boolean wanted = terms.options().keepFailed() && !goal.derivation().isBuiltin();
        if (wanted && !Thread.currentThread().isInterrupted()) {
            Optional<String> trouble = folders.keepBuildFolder(terms.client().owner());
            report.note(
                    "note: keeping build directory `" + folders.kept() + "'",
                    "keeping the build directory '" + folders.kept() + "'");
            trouble.ifPresent(report::say);
        }
    }
}
