// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.BuildFailure;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.DaemonException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The builds of one request, as many at once as there are slots; downloads, which mostly wait, have slots of their own
 * beside those. Among derivations that are ready the alphabetically first name is built first; one that somebody else
 * works on takes no slot. Used by the requesting thread alone; builders run on threads of their own.
 */
final class BuildRequest {
    /** Downloads side by side. */
    private static final int MAX_DOWNLOADS = 6;

    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final DerivationBuild build;
    private final BuildOptions options;
    private final RequestFailures failures;
    private final Lane builders;
    private final Lane downloads;
    private final Map<Goal, Integer> waitingFor = new HashMap<>();
    private final Map<Goal, Integer> failedInputs = new HashMap<>();
    private final Map<Goal, Thread> running = new HashMap<>();
    private final List<Goal> blocked = new ArrayList<>();
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private long pause = FIRST_PAUSE_MILLIS;
    private boolean saidWaiting;
    private boolean stopped;

    /** How one goal ended. */
    private sealed interface Outcome {
        Goal goal();
    }

    private record Done(Goal goal) implements Outcome {}

    /** Somebody else works on it. */
    private record Blocked(Goal goal) implements Outcome {}

    private record Failed(Goal goal, DaemonException failure) implements Outcome {}

    /** A mistake of Cairn's. */
    private record Broken(Goal goal, Throwable defect) implements Outcome {}

    /** Goals that share a bound on how many run at once. */
    private static final class Lane {
        private final PriorityQueue<Goal> ready = new PriorityQueue<>();
        private final int most;
        private int running;

        Lane(int most) {
            this.most = most;
        }

        /** Without slots, what prefers to be built here may be, one at a time. */
        boolean mayStart() {
            Goal next = ready.peek();
            return next != null
                    && (running < most
                            || most == 0
                                    && running == 0
                                    && "1".equals(next.derivation().environment().get("preferLocalBuild")));
        }
    }

    BuildRequest(Collection<Goal> goals, DerivationBuild build, BuildOptions options, RequestFailures failures) {
        this.build = build;
        this.options = options;
        this.failures = failures;
        this.builders = new Lane(options.maxJobs());
        this.downloads = options.maxJobs() > 1 ? new Lane(Math.max(MAX_DOWNLOADS, options.maxJobs())) : builders;
        for (Goal goal : goals) {
            int count = (int) goal.inputs().stream().filter(Goal::isToBuild).count();
            waitingFor.put(goal, count);
            if (count == 0) {
                lane(goal).ready.add(goal);
            }
        }
    }

    void run() throws DaemonException {
        try {
            startWhatMay();
            while (!stopped && (!running.isEmpty() || !blocked.isEmpty())) {
                Outcome outcome = next();
                if (outcome == null) {
                    retryBlocked();
                } else {
                    ended(outcome);
                }
                startWhatMay();
            }
        } catch (InterruptedException _) {
            stopAll();
            Thread.currentThread().interrupt();
            throw new DaemonException.Cancelled();
        } finally {
            stopAll();
        }
        Optional<DaemonException> failure = failures.end();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private @Nullable Outcome next() throws InterruptedException {
        return blocked.isEmpty() ? outcomes.take() : outcomes.poll(pause, TimeUnit.MILLISECONDS);
    }

    private Lane lane(Goal goal) {
        return goal.derivation().builder().equals("builtin:download") ? downloads : builders;
    }

    private void startWhatMay() throws DaemonException {
        for (Lane lane : List.of(downloads, builders)) {
            while (!stopped && lane.mayStart()) {
                lane.running++;
                start(lane.ready.remove());
            }
        }
        boolean ready = !builders.ready.isEmpty() || !downloads.ready.isEmpty();
        if (!stopped && running.isEmpty() && blocked.isEmpty() && ready) {
            throw new DaemonException.Refused(
                    "nothing can be built, because no build may run on this machine",
                    Optional.of("Allow at least one with --max-jobs."),
                    Optional.of("unable to start any build; either increase `--max-jobs' or enable distributed "
                            + "builds"));
        }
    }

    /** Asks again for what somebody else worked on. */
    private void retryBlocked() {
        if (running.isEmpty() && !saidWaiting) {
            saidWaiting = true;
            failures.say("waiting for locks or build slots...");
        }
        blocked.forEach(goal -> lane(goal).ready.add(goal));
        blocked.clear();
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }

    /** A thread per builder: bwrap ends with the thread that started it. */
    private void start(Goal goal) {
        Thread thread = Thread.ofPlatform().daemon().name("build " + goal.path().name()).unstarted(() -> {
            Outcome outcome;
            try {
                outcome = build.run(goal) ? new Done(goal) : new Blocked(goal);
            } catch (DaemonException e) {
                outcome = new Failed(goal, e);
            } catch (RuntimeException | Error e) {
                outcome = new Broken(goal, e);
            }
            outcomes.add(outcome);
        });
        running.put(goal, thread);
        thread.start();
    }

    private void ended(Outcome outcome) throws DaemonException {
        running.remove(outcome.goal());
        lane(outcome.goal()).running--;
        switch (outcome) {
            case Done(Goal goal) -> {
                pause = FIRST_PAUSE_MILLIS;
                saidWaiting = false;
                for (Goal dependent : goal.dependents()) {
                    settled(dependent);
                }
            }
            case Blocked(Goal goal) -> blocked.add(goal);
            case Failed(Goal goal, DaemonException failure) -> {
                Optional<BuildFailure> kind = RequestFailures.kind(failure);
                if (kind.isEmpty()) {
                    throw failure;
                }
                failures.add(failure, kind.get());
                failed(goal);
            }
            case Broken(_, RuntimeException defect) -> throw defect;
            case Broken(_, Throwable defect) -> throw new AssertionError(defect);
        }
    }

    /** One input of a goal is there, or will never be. */
    private void settled(Goal dependent) {
        if (waitingFor.containsKey(dependent)
                && waitingFor.merge(dependent, -1, Integer::sum) == 0
                && !failedInputs.containsKey(dependent)) {
            lane(dependent).ready.add(dependent);
        }
    }

    /** A goal cannot be reached, and so none that needs it, those with the first names first. */
    private void failed(Goal first) {
        TreeSet<Goal> awake = new TreeSet<>();
        fail(first, awake);
        while (!stopped && !awake.isEmpty()) {
            Goal goal = awake.removeFirst();
            failures.dependencies(goal, failedInputs.getOrDefault(goal, 1));
            fail(goal, awake);
        }
    }

    private void fail(Goal goal, TreeSet<Goal> awake) {
        if (goal.isTopLevel()) {
            failures.addThing(goal);
            if (!options.keepGoing()) {
                stopped = true;
                return;
            }
        }
        for (Goal dependent : goal.dependents()) {
            if (waitingFor.containsKey(dependent)) {
                failedInputs.merge(dependent, 1, Integer::sum);
                settled(dependent);
                if (!options.keepGoing() || waitingFor.getOrDefault(dependent, 0) == 0) {
                    awake.add(dependent);
                }
            }
        }
    }

    /** Ends what still runs and waits until it has cleaned up. */
    private void stopAll() {
        running.values().forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread thread : running.values()) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        }
        running.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
