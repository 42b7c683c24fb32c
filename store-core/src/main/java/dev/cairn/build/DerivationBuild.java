// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.build.sandbox.Sandbox;
import dev.cairn.daemon.BuildFailure;
import dev.cairn.daemon.BuildMode;
import dev.cairn.daemon.DaemonException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.path.StorePath;
import dev.cairn.substitute.PathLocks;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Builds single derivations whose inputs are valid. Safe for use by several threads. */
final class DerivationBuild implements AutoCloseable {
    private final BuildStore store;
    private final BuildTerms terms;
    private final Substitution substitution;
    private final Optional<Sandbox> sandbox;
    private final Activities activities;
    private final SpareFolders spares = new SpareFolders();

    /** @param sandbox empty when no builder is to be isolated */
    DerivationBuild(
            BuildStore store,
            BuildTerms terms,
            Substitution substitution,
            Optional<Sandbox> sandbox,
            Activities activities) {
        this.store = store;
        this.terms = terms;
        this.substitution = substitution;
        this.sandbox = sandbox;
        this.activities = activities;
    }

    /**
     * Makes all outputs valid, unless they are by the time the locks are taken; or what else the request asks for.
     * Whatever happens, no file of a build that did not succeed is left, except what the options say is kept.
     *
     * @return false when somebody else works on an output, with nothing done
     */
    boolean run(Goal goal) throws DaemonException {
        if (substitution.fetchOffered(goal)) {
            return true;
        }
        List<StorePath> outputs = goal.derivation().outputPaths();
        Optional<PathLocks> taken = store.tryLock(outputs);
        if (taken.isEmpty()) {
            return false;
        }
        try (PathLocks locks = taken.get()) {
            SortedSet<StorePath> wanted = wanted(goal, outputs);
            if (!wanted.isEmpty()) {
                try (Activities.Activity activity =
                        activities.start(Event.Kind.BUILD, goal.path().toString())) {
                    build(goal, wanted, activity);
                    activity.finish();
                }
            }
            locks.succeeded();
        }
        return true;
    }

    /** The outputs that are to be made. */
    private SortedSet<StorePath> wanted(Goal goal, List<StorePath> outputs) throws DaemonException {
        SortedSet<StorePath> wanted = new TreeSet<>(outputs);
        switch (goal.mode()) {
            case NORMAL -> wanted.removeAll(store.valid(outputs));
            case REPAIR -> {
                for (StorePath output : outputs) {
                    if (store.hasItsContents(output)) {
                        wanted.remove(output);
                    }
                }
            }
            case CHECK -> {
                // All are compared.
            }
        }
        return wanted;
    }

    private void build(Goal goal, SortedSet<StorePath> wanted, Activities.Activity activity) throws DaemonException {
        BuildReport report = new BuildReport(goal.path(), activity);
        try (BuildLog log = BuildLog.start(
                store.layout(), goal.path(), terms.settings(), activity, goal.derivation().isBuiltin())) {
            try {
                build(goal, wanted, report, activity, log);
                report.succeeded();
            } catch (BuildError e) {
                throw failed(goal, wanted, activity, told(goal, e, log));
            } catch (DaemonException e) {
                throw failed(goal, wanted, activity, e);
            } catch (IOException e) {
                throw failed(goal, wanted, activity, DaemonException.of("building '" + goal.path() + "'", e));
            }
        } catch (IOException e) {
            throw DaemonException.of("writing the log of '" + goal.path() + "'", e);
        }
    }

    private void build(
            Goal goal, SortedSet<StorePath> wanted, BuildReport report, Activities.Activity activity, BuildLog log)
            throws BuildError, DaemonException, IOException {
        if (goal.mode() == BuildMode.NORMAL) {
            refuseWhatFailedBefore(wanted, report);
            store.deleteInvalid(wanted);
        }
        Rounds rounds = new Rounds(goal, store, terms, report);
        List<OutputCheck.Made> made = List.of();
        try {
            while (rounds.more()) {
                report.building(goal.mode(), wanted, rounds.current(), rounds.count());
                try (BuildUsers.Held user = user()) {
                    Attempt attempt =
                            new Attempt(goal, wanted, store, terms, sandbox, user.user(), activity, report, log);
                    made = attempt.run(spares, rounds);
                }
            }
        } finally {
            rounds.clear();
        }
        if (goal.mode() != BuildMode.CHECK) {
            store.register(made.stream().map(OutputCheck.Made::info).toList());
            if (terms.settings().deduplicate()) {
                for (OutputCheck.Made output : made) {
                    store.deduplicate(output.info().path(), output.shared());
                }
            }
        }
    }

    private BuildUsers.Held user() throws DaemonException, IOException {
        Optional<String> group = terms.settings().buildUsersGroup();
        return group.isPresent() ? BuildUsers.acquire(store.layout(), group.get()) : BuildUsers.NOBODY;
    }

    private void refuseWhatFailedBefore(SortedSet<StorePath> wanted, BuildReport report)
            throws BuildError, DaemonException {
        if (terms.settings().cacheFailures()) {
            SortedSet<StorePath> failed = store.failedBefore(wanted);
            if (!failed.isEmpty()) {
                BuildError error = BuildError.of(
                        BuildError.Stage.REMEMBERED,
                        BuildFailure.PERMANENT,
                        "builder for `" + failed.first() + "' failed previously (cached)",
                        "its builder failed before, and that is remembered");
                report.failed(error);
                throw error;
            }
        }
    }

    /** The failure as people are told it. */
    private DaemonException told(Goal goal, BuildError error, BuildLog log) throws DaemonException {
        boolean remembered = terms.settings().cacheFailures() && !goal.derivation().isFixedOutput();
        switch (error.stage()) {
            case FAILED, REJECTED -> {
                if (remembered && !(error.stage() == BuildError.Stage.FAILED && error.kind() == BuildFailure.OTHER)) {
                    store.rememberFailure(goal.derivation().outputPaths());
                }
            }
            case BEFORE, STOPPED, REMEMBERED -> {
                // Another time it may be otherwise, or it is remembered already.
            }
        }
        return error.own().orElseGet(() -> new DaemonException.BuildFailed(
                goal.path(), error.kind(), error.reason(), error.hint(), log.lastLines(), log.file()));
    }

    /** Takes away what was moved into the store but is not registered. */
    private DaemonException failed(
            Goal goal, SortedSet<StorePath> wanted, Activities.Activity activity, DaemonException failure) {
        boolean interrupted = Thread.interrupted();
        try {
            store.deleteInvalid(wanted);
            spares.forget(BuildFolders.name(store.layout(), goal.path()));
        } catch (DaemonException | IOException e) {
            failure.addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        activity.fail(failure.getMessage(), failure.hint());
        return failure;
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
}
