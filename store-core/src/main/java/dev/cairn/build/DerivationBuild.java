// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.build.builtin.Builtin;
import dev.cairn.build.builtin.Builtins;
import dev.cairn.build.sandbox.Bubblewrap;
import dev.cairn.build.sandbox.Confinement;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.HostTools;
import dev.cairn.daemon.PathInfo;
import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationOutput;
import dev.cairn.derivation.OctetString;
import dev.cairn.error.CairnException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import dev.cairn.path.StorePath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Builds single derivations whose inputs are valid. Safe for use by several threads. */
final class DerivationBuild implements AutoCloseable {
    private final BuildStore store;
    private final BuildOptions options;
    private final Optional<Bubblewrap> sandbox;
    private final Activities activities;
    private final SpareFolders spares = new SpareFolders();

    /** @param sandbox empty when no builder is to be isolated */
    DerivationBuild(BuildStore store, BuildOptions options, Optional<Bubblewrap> sandbox, Activities activities) {
        this.store = store;
        this.options = options;
        this.sandbox = sandbox;
        this.activities = activities;
    }

    /**
     * Makes all outputs valid, unless they are by the time the locks are taken. Whatever happens, no file of a build
     * that did not succeed is left, except what the options say is kept.
     */
    void run(StorePath path, Derivation derivation) throws DaemonException {
        List<StorePath> outputs = derivation.outputPaths();
        try (BuildStore.PathLocks locks = store.lock(outputs)) {
            SortedSet<StorePath> missing = new TreeSet<>(outputs);
            missing.removeAll(store.valid(outputs));
            if (!missing.isEmpty()) {
                try (Activities.Activity activity = activities.start(Event.Kind.BUILD, path.toString())) {
                    build(path, derivation, missing, activity);
                    activity.finish();
                }
            }
            locks.succeeded();
        }
    }

    private void build(
            StorePath path, Derivation derivation, SortedSet<StorePath> missing, Activities.Activity activity)
            throws DaemonException {
        store.deleteInvalid(missing);
        List<OutputCheck.Made> made;
        try (BuildLog log = derivation.isBuiltin()
                ? BuildLog.startQuiet(store.layout(), path, activity)
                : BuildLog.start(store.layout(), path, activity)) {
            try {
                made = make(path, derivation, missing, activity, log);
                store.register(made.stream().map(OutputCheck.Made::info).toList());
            } catch (DaemonException | IOException e) {
                DaemonException failure =
                        e instanceof DaemonException known ? known : failed(path, (IOException) e, log);
                clear(path, missing, failure);
                activity.fail(failure.getMessage(), failure.hint());
                throw failure;
            }
        } catch (IOException e) {
            throw DaemonException.of("writing the log of '" + path + "'", e);
        }
        for (OutputCheck.Made output : made) {
            store.deduplicate(output.info().path(), output.shared());
        }
    }

    private static DaemonException failed(StorePath path, IOException cause, BuildLog log) throws IOException {
        DaemonException failure = DaemonException.of("building '" + path + "'", cause);
        if (!(failure instanceof DaemonException.Cancelled)) {
            log.line("error: " + cause.getMessage());
        }
        return failure;
    }

    /** Takes away what was moved into the store but is not registered. */
    private void clear(StorePath path, SortedSet<StorePath> missing, DaemonException failure) {
        boolean interrupted = Thread.interrupted();
        try {
            store.deleteInvalid(missing);
            spares.forget(BuildFolders.name(store.layout(), path));
        } catch (DaemonException | IOException e) {
            failure.addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<OutputCheck.Made> make(
            StorePath path,
            Derivation derivation,
            SortedSet<StorePath> missing,
            Activities.Activity activity,
            BuildLog log)
            throws DaemonException, IOException {
        List<PathInfo> inputs = inputs(derivation);
        Optional<Builtin> builtin = derivation.isBuiltin() ? Optional.of(builtin(path, derivation, log)) : Optional.empty();
        try (BuildFolders folders = builtin.isPresent()
                ? BuildFolders.makeBuiltin(store.layout(), path, builtin.get().needsTemporaryFolder(), spares)
                : BuildFolders.make(store.layout(), path)) {
            SortedMap<String, Path> written = new TreeMap<>();
            for (Map.Entry<String, DerivationOutput> output : derivation.outputs().entrySet()) {
                written.put(
                        output.getKey(),
                        folders.outputs().resolve(output.getValue().path().orElseThrow().baseName()));
            }
            boolean done = false;
            try {
                if (builtin.isPresent()) {
                    runBuiltin(builtin.get(), path, derivation, written, folders, activity, log);
                } else {
                    runProgram(path, derivation, inputs, written, folders, log);
                }
                OutputCheck check = new OutputCheck(path, derivation, store.layout(), inputs, log);
                List<OutputCheck.Made> made = check.accept(written, missing);
                done = true;
                folders.succeeded();
                return made;
            } finally {
                boolean keep = options.keepFailed() && builtin.isEmpty();
                if (!done && keep && !Thread.currentThread().isInterrupted()) {
                    activity.note("note: keeping build directory '" + folders.keepBuildFolder() + "'");
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

    private static Builtin builtin(StorePath path, Derivation derivation, BuildLog log) throws DaemonException {
        String name = derivation.builder().substring("builtin:".length());
        return Builtins.find(name)
                .orElseThrow(() -> new DaemonException.BuildFailed(
                        path, "unsupported builtin function '" + name + "'", List.of(), Optional.of(log.file())));
    }

    private void runBuiltin(
            Builtin builtin,
            StorePath path,
            Derivation derivation,
            SortedMap<String, Path> written,
            BuildFolders folders,
            Activities.Activity activity,
            BuildLog log)
            throws DaemonException, IOException {
        try {
            builtin.build(new Builtin.Context(
                    path, derivation, store.layout(), written, folders.buildFolder(), store.fetcher(), activity));
        } catch (DaemonException e) {
            throw e;
        } catch (CairnException e) {
            log.line("error: " + e.getMessage());
            throw new DaemonException.BuildFailed(
                    path, e.getMessage(), e.hint(), log.lastLines(), Optional.of(log.file()));
        }
        Interrupts.check();
    }

    private void runProgram(
            StorePath path,
            Derivation derivation,
            List<PathInfo> inputs,
            SortedMap<String, Path> written,
            BuildFolders folders,
            BuildLog log)
            throws DaemonException, IOException {
        ReferencesGraphs.write(store, derivation, folders.buildFolder());
        Process process =
                sandbox.isPresent()
                        ? startIsolated(sandbox.get(), derivation, inputs, folders)
                        : startInTheOpen(derivation, written, folders);
        BuilderProcess.Ending ending = new BuilderProcess(process, log).await(options);
        String reason =
                switch (ending) {
                    case BuilderProcess.Exited(int code) ->
                        code == 0 ? "" : "builder failed with exit code " + code + diskNote(folders);
                    case BuilderProcess.Silent _ ->
                        "timed out after " + options.maxSilence().toSeconds() + " seconds of silence";
                    case BuilderProcess.TooLong _ -> "timed out after " + options.timeout().toSeconds() + " seconds";
                };
        if (!reason.isEmpty()) {
            throw new DaemonException.BuildFailed(path, reason, log.lastLines(), Optional.of(log.file()));
        }
    }

    private Process startIsolated(
            Bubblewrap bubblewrap, Derivation derivation, List<PathInfo> inputs, BuildFolders folders)
            throws DaemonException, IOException {
        SortedSet<StorePath> shown = new TreeSet<>();
        inputs.forEach(input -> shown.add(input.path()));
        return bubblewrap.start(new Confinement(
                store.layout(),
                derivation.builder(),
                derivation.arguments(),
                BuilderEnvironment.of(
                        derivation,
                        store.layout().storeDirectory(),
                        Confinement.workingDirectory(folders.name()),
                        options.cores(),
                        System.getenv()),
                shown,
                folders.chroot(),
                folders.buildFolder(),
                folders.name(),
                derivation.isFixedOutput(),
                HostTools.areUsedBy(derivation)));
    }

    /** Without isolation a builder writes straight to the names it was given, which {@code written} is told. */
    private Process startInTheOpen(Derivation derivation, SortedMap<String, Path> written, BuildFolders folders)
            throws IOException {
        derivation.outputs().forEach((name, output) ->
                written.put(name, store.layout().physical(output.path().orElseThrow())));
        List<String> command = new ArrayList<>();
        command.add(OctetString.toText(derivation.builder()));
        derivation.arguments().forEach(argument -> command.add(OctetString.toText(argument)));
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(folders.buildFolder().toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        process.environment().clear();
        BuilderEnvironment.of(
                        derivation,
                        store.layout().storeDirectory(),
                        folders.buildFolder().toString(),
                        options.cores(),
                        System.getenv())
                .forEach((name, value) ->
                        process.environment().put(OctetString.toText(name), OctetString.toText(value)));
        return process.start();
    }

    /** To be called when no build runs any longer. */
    @Override
    public void close() throws DaemonException {
        try {
            spares.close();
        } catch (IOException e) {
            throw DaemonException.of("deleting folders of builds", e);
        }
    }

    private static String diskNote(BuildFolders folders) throws IOException {
        return FileTrees.exists(folders.buildFolder())
                        && Files.getFileStore(folders.buildFolder()).getUsableSpace() < 8L * 1024 * 1024
                ? "; there is almost no free disk space"
                : "";
    }
}
