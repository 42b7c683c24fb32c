// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.build.sandbox.BuildUser;
import dev.cairn.build.sandbox.Confinement;
import dev.cairn.build.sandbox.Confinement.Network;
import dev.cairn.build.sandbox.ExitStatus;
import dev.cairn.build.sandbox.OpenBuilders;
import dev.cairn.build.sandbox.Sandbox;
import dev.cairn.build.sandbox.StartedBuilder;
import dev.cairn.daemon.BuildFailure;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.HostTools;
import dev.cairn.daemon.PathInfo;
import dev.cairn.derivation.Derivation;
import dev.cairn.fs.FileTrees;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Runs the program of a derivation to its end (daemon, sections 8.1 to 8.7). Used by one thread. */
final class BuilderRun {
    /** A disk with less space, in octets, is taken for full. */
    private static final long ALMOST_NOTHING = 8L * 1024 * 1024;

    private final Goal goal;
    private final Derivation derivation;
    private final BuildStore store;
    private final BuildTerms terms;
    private final Optional<Sandbox> sandbox;
    private final Optional<BuildUser> user;
    private final BuildReport report;
    private final BuildLog log;
    private Optional<Long> killed = Optional.empty();

    /** @param derivation as its builder is told of it */
    BuilderRun(
            Goal goal,
            Derivation derivation,
            BuildStore store,
            BuildTerms terms,
            Optional<Sandbox> sandbox,
            Optional<BuildUser> user,
            BuildReport report,
            BuildLog log) {
        this.goal = goal;
        this.derivation = derivation;
        this.store = store;
        this.terms = terms;
        this.sandbox = sandbox;
        this.user = user;
        this.report = report;
        this.log = log;
    }

    /** The process that had to be ended by force, if it had to. */
    Optional<Long> killed() {
        return killed;
    }

    /** @throws BuildError when the builder did not end well */
    void run(List<PathInfo> inputs, BuildFolders folders)
            throws BuildError, DaemonException, IOException {
        ReferencesGraphs.write(store, derivation, folders.buildFolder());
        if (isNix()) {
            PassedFiles.write(derivation, folders.buildFolder());
        }
        StartedBuilder builder = sandbox.isPresent() ? isolated(sandbox.get(), inputs, folders) : inTheOpen(folders);
        String kept = terms.settings().keepLogs()
                ? LogFiles.shown(store.layout(), goal.path(), terms.settings().logCompression())
                : "";
        report.started(derivation.system(), kept, builder.pid());
        BuilderProcess process = new BuilderProcess(builder, log, terms);
        BuilderProcess.Ending ending;
        try {
            ending = process.await();
        } finally {
            killed = process.wasKilled() ? Optional.of(builder.pid()) : Optional.empty();
        }
        switch (ending) {
            case BuilderProcess.Exited(ExitStatus status) -> {
                if (!status.isSuccess()) {
                    throw failed(status, folders);
                }
            }
            case BuilderProcess.Silent _ -> throw stopped(
                    "timed out after " + terms.options().maxSilence().toSeconds() + " seconds of silence");
            case BuilderProcess.TooLong _ ->
                throw stopped("timed out after " + terms.options().timeout().toSeconds() + " seconds");
            case BuilderProcess.TooMuch _ -> throw stopped("killed after writing more than "
                    + terms.settings().maxLogSize() + " bytes of log output");
        }
    }

    private BuildError stopped(String how) {
        return BuildError.of(
                BuildError.Stage.STOPPED, BuildFailure.TIMED_OUT, "building of `" + goal.path() + "' " + how, how);
    }

    private BuildError failed(ExitStatus status, BuildFolders folders) throws IOException {
        boolean full = isFull(folders.buildFolder()) || isFull(store.layout().physicalStore());
        if (full) {
            report.say("note: build failure may have been caused by lack of free disk space");
        }
        boolean again = !derivation.isFixedOutput() && !full;
        return BuildError.failed(
                again ? BuildFailure.PERMANENT : BuildFailure.OTHER,
                "builder for `" + goal.path() + "' " + status.description(),
                "builder " + status.description(),
                full
                        ? Optional.of("There is almost no free disk space, which may be the reason.")
                        : Optional.empty());
    }

    private static boolean isFull(Path folder) throws IOException {
        return FileTrees.exists(folder) && Files.getFileStore(folder).getUsableSpace() < ALMOST_NOTHING;
    }

    private StartedBuilder isolated(Sandbox isolation, List<PathInfo> inputs, BuildFolders folders)
            throws DaemonException, IOException {
        SortedSet<StorePath> shown = new TreeSet<>();
        inputs.forEach(input -> shown.add(input.path()));
        return isolation.start(new Confinement(
                store.layout(),
                derivation.builder(),
                derivation.arguments(),
                environment(Confinement.workingDirectory(folders.name())),
                shown,
                folders.chroot(),
                folders.buildFolder(),
                folders.name(),
                network(),
                HostTools.areUsedBy(derivation),
                terms.settings().chrootDirectories(),
                Platforms.of(goal.path(), derivation, terms.settings()),
                user));
    }

    /** Builders that see the programs of this machine see its network, too; others have none of their own to use. */
    private Network network() {
        if (!derivation.isFixedOutput()) {
            return Network.LOOPBACK;
        }
        if (HostTools.areUsedBy(derivation)) {
            return Network.HOST;
        }
        report.say("`slirp4netns' can't be found in PATH, network access disabled");
        return terms.settings().isolateHostLoopback() ? Network.LOOPBACK : Network.NONE;
    }

    private StartedBuilder inTheOpen(BuildFolders folders) throws DaemonException, IOException {
        return OpenBuilders.start(
                derivation.builder(),
                derivation.arguments(),
                environment(folders.buildFolder().toString()),
                folders.buildFolder(),
                Platforms.of(goal.path(), derivation, terms.settings()),
                user);
    }

    private SortedMap<String, String> environment(String folder) {
        SortedMap<String, String> variables = BuilderEnvironment.of(
                derivation,
                store.layout().storeDirectory(),
                folder,
                terms.options().cores(),
                System.getenv());
        if (isNix()) {
            PassedFiles.replace(variables, derivation, folder);
        }
        return variables;
    }

    private boolean isNix() {
        return store.layout().places().isNix();
    }
}
