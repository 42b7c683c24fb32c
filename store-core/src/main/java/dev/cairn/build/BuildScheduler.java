// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.build.sandbox.Bubblewrap;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.DaemonException;
import dev.cairn.event.Activities;
import dev.cairn.event.EventSink;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Realises derivations and everything they need, as many at once as the options allow (daemon, section 10); downloads,
 * which mostly wait, have a bound of their own beside that. Among derivations that are ready the alphabetically first
 * name is built first. Two requests for one derivation, in this
 * process or another, build it once: the second waits for the locks and finds the outputs valid. Safe for use by
 * several threads.
 */
public final class BuildScheduler {
    /** Downloads side by side. */
    private static final int MAX_DOWNLOADS = 6;

    private final BuildStore store;

    /** @param store what is built for; shared by all requests of one operation */
    public BuildScheduler(BuildStore store) {
        this.store = store;
    }

    /** Makes the wanted outputs valid; ends with {@link DaemonException.Cancelled} when interrupted. */
    public void build(Collection<BuildTarget> targets, BuildOptions options, EventSink events) throws DaemonException {
        Collection<Goal> goals = new GoalGraph(store).toBuild(targets);
        if (goals.isEmpty()) {
            return;
        }
        for (Goal goal : goals) {
            BuilderRules.check(goal.path(), goal.derivation(), options, store.layout());
        }
        Optional<Bubblewrap> sandbox = Optional.empty();
        if (options.sandbox() && goals.stream().anyMatch(goal -> !goal.derivation().isBuiltin())) {
            sandbox = Optional.of(Bubblewrap.find(System.getenv().getOrDefault("PATH", "")));
        }
        try (DerivationBuild build = new DerivationBuild(store, options, sandbox, new Activities(events))) {
            new Run(goals, build, options).run();
        }
    }

    /** How one goal ended. */
    private record Outcome(Goal goal, Optional<DaemonException> failure, Optional<Throwable> defect) {}

    /** Goals that share a bound on how many run at once. */
    private static final class Lane {
        private final PriorityQueue<Goal> ready = new PriorityQueue<>();
        private final int most;
        private int running;

        Lane(int most) {
            this.most = most;
        }

        boolean mayStart() {
            return running < most && !ready.isEmpty();
        }
    }

    /** One request. Used by the requesting thread alone; builders run on threads of their own. */
    private static final class Run {
        private final DerivationBuild build;
        private final BuildOptions options;
        private final Lane builders;
        private final Lane downloads;
        private final Map<Goal, Integer> waitingFor = new HashMap<>();
        private final Map<Goal, Thread> running = new HashMap<>();
        private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        private Optional<DaemonException> failure = Optional.empty();

        Run(Collection<Goal> goals, DerivationBuild build, BuildOptions options) {
            this.build = build;
            this.options = options;
            this.builders = new Lane(options.maxJobs());
            this.downloads = new Lane(options.maxJobs() == 1 ? 1 : Math.max(MAX_DOWNLOADS, options.maxJobs()));
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
                while (!running.isEmpty()) {
                    ended(outcomes.take());
                    startWhatMay();
                }
            } catch (InterruptedException _) {
                stopAll();
                Thread.currentThread().interrupt();
                throw new DaemonException.Cancelled();
            } finally {
                stopAll();
            }
            if (failure.isPresent()) {
                throw failure.get();
            }
        }

        private Lane lane(Goal goal) {
            return goal.derivation().builder().equals("builtin:download") ? downloads : builders;
        }

        private void startWhatMay() {
            for (Lane lane : List.of(downloads, builders)) {
                while (lane.mayStart() && (failure.isEmpty() || options.keepGoing())) {
                    lane.running++;
                    start(lane.ready.remove());
                }
            }
        }

        /** A thread per builder: bwrap ends with the thread that started it. */
        private void start(Goal goal) {
            Thread thread = Thread.ofPlatform().daemon().name("build " + goal.path().name()).unstarted(() -> {
                Outcome outcome;
                try {
                    build.run(goal.path(), goal.derivation());
                    outcome = new Outcome(goal, Optional.empty(), Optional.empty());
                } catch (DaemonException e) {
                    outcome = new Outcome(goal, Optional.of(e), Optional.empty());
                } catch (RuntimeException | Error e) {
                    outcome = new Outcome(goal, Optional.empty(), Optional.of(e));
                }
                outcomes.add(outcome);
            });
            running.put(goal, thread);
            thread.start();
        }

        private void ended(Outcome outcome) {
            running.remove(outcome.goal());
            lane(outcome.goal()).running--;
            switch (outcome.defect().orElse(null)) {
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case null, default -> {
                    // The builder ended as builders may.
                }
            }
            if (outcome.failure().isPresent()) {
                // What depends on it never becomes ready.
                if (failure.isEmpty()) {
                    failure = outcome.failure();
                } else {
                    failure.get().addSuppressed(outcome.failure().get());
                }
                if (!options.keepGoing()) {
                    running.values().forEach(Thread::interrupt);
                }
                return;
            }
            for (Goal dependent : outcome.goal().dependents()) {
                if (waitingFor.containsKey(dependent) && waitingFor.merge(dependent, -1, Integer::sum) == 0) {
                    lane(dependent).ready.add(dependent);
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
}
