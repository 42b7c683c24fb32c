// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.BuildFailure;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.FailedRequest;
import dev.cairn.event.Event;
import dev.cairn.event.Event.Verbosity;
import dev.cairn.event.EventSink;
import dev.cairn.path.StorePath;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What failed in one request, and what its caller is told of that. Used by one thread. */
final class RequestFailures {
    private final EventSink events;
    private final SortedSet<StorePath> things = new TreeSet<>();
    private final Set<BuildFailure> kinds = EnumSet.noneOf(BuildFailure.class);
    private Optional<DaemonException> first = Optional.empty();

    RequestFailures(EventSink events) {
        this.events = events;
    }

    /** Says something in guix-daemon's words that is about no single build. */
    void say(String text) {
        events.accept(new Event.Message(Event.NO_ACTIVITY, Verbosity.ERROR, text));
    }

    /**
     * What kind of failure of a build this is; empty when it is the end of the request: then it stands for itself,
     * whatever else failed.
     */
    static Optional<BuildFailure> kind(DaemonException failure) {
        return switch (failure) {
            case DaemonException.BuildFailed failed ->
                failed.isEndOfRequest() ? Optional.empty() : Optional.of(failed.kind());
            case DaemonException.HashMismatch _, DaemonException.NotValid _ -> Optional.of(BuildFailure.OTHER);
            default -> Optional.empty();
        };
    }

    /** A build failed. */
    void add(DaemonException failure, BuildFailure kind) {
        kinds.add(kind);
        if (first.isEmpty()) {
            first = Optional.of(failure);
        } else {
            first.get().addSuppressed(failure);
        }
    }

    /** Something that was asked for cannot be made. */
    void addThing(Goal goal) {
        things.add(goal.path());
    }

    /** Something cannot be made because what it needs cannot. */
    void dependencies(Goal goal, int failed) {
        say("cannot build derivation `" + goal.path() + "': " + failed + " dependencies couldn't be built");
    }

    /** What the request ends with, if anything failed. */
    Optional<DaemonException> end() {
        return first.map(failure -> failure.endOf(new FailedRequest(things, kinds)));
    }

    /** A derivation or source is missing. @param needing whose it is, unless it was asked for by itself */
    DaemonException missing(DaemonException.NotValid failure, Optional<Goal> needing) {
        if (failure.path().isDerivation()) {
            say("cannot build missing derivation ‘" + failure.path() + "’");
        }
        if (needing.isEmpty()) {
            things.add(failure.path());
        } else {
            ascend(needing.get());
        }
        add(failure, BuildFailure.OTHER);
        return end().orElseThrow();
    }

    /** A derivation is refused before anything is built. */
    DaemonException refused(Goal goal, BuildFailure kind, DaemonException failure) {
        say("builder for `" + goal.path() + "' failed with exit code 1");
        if (goal.isTopLevel()) {
            addThing(goal);
        } else {
            ascend(goal.dependents().getFirst());
        }
        add(failure, kind);
        return end().orElseThrow();
    }

    private void ascend(Goal failed) {
        Goal goal = failed;
        dependencies(goal, 1);
        while (!goal.isTopLevel()) {
            List<Goal> dependents = goal.dependents();
            goal = dependents.getFirst();
            dependencies(goal, 1);
        }
        addThing(goal);
    }
}
