// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.BuildMode;
import dev.cairn.daemon.DaemonException;
import dev.cairn.event.EventSink;
import dev.cairn.path.StorePath;
import dev.cairn.substitute.FetchTerms;
import dev.cairn.substitute.Outcome;
import dev.cairn.substitute.Substituter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is fetched rather than built in one request (daemon, section 10, steps 1 to 8). */
final class Substitution {
    private final BuildStore store;
    private final BuildTerms terms;
    private final Sources sources;
    private final EventSink events;

    /**
     * Who fetches what.
     *
     * @param outputs fetches what is built otherwise
     * @param derivations fetches what there is to be built, and what that needs
     */
    record Sources(Optional<Substituter> outputs, Optional<Substituter> derivations) {}

    Substitution(BuildStore store, BuildTerms terms, Sources sources, EventSink events) {
        this.store = store;
        this.terms = terms;
        this.sources = sources;
        this.events = events;
    }

    /** Whether there are servers to ask at all. */
    boolean isPossible() {
        return sources.outputs().isPresent() || sources.derivations().isPresent();
    }

    /**
     * Fetches derivations that are not there, with all that they need to be built; what nobody offers stays missing.
     */
    void fetchDerivations(Collection<StorePath> derivations) throws DaemonException {
        if (sources.derivations().isEmpty()) {
            return;
        }
        Map<StorePath, Outcome> outcomes =
                sources.derivations().get().fetch(derivations, fetchTerms(), events);
        for (Outcome outcome : outcomes.values()) {
            if (outcome instanceof Outcome.Failed(DaemonException.NotSubstituted failure)) {
                throw failure;
            }
        }
    }

    /** Fetches sources that are not there. */
    void fetchSources(List<Goal> goals) throws DaemonException {
        SortedSet<StorePath> needed = new TreeSet<>();
        goals.forEach(goal -> needed.addAll(goal.derivation().inputSources()));
        if (!needed.isEmpty()) {
            fetchDerivations(needed);
        }
    }

    /**
     * Fetches what may be of the outputs that goals lack, and marks the goals for which nothing is left to be built.
     */
    void fetchOutputs(List<Goal> goals) throws DaemonException {
        if (sources.outputs().isEmpty()) {
            return;
        }
        List<Goal> fetchable = new ArrayList<>();
        SortedSet<StorePath> wanted = new TreeSet<>();
        for (Goal goal : goals) {
            if (mayFetch(goal)) {
                fetchable.add(goal);
                wanted.addAll(wanted(goal));
            }
        }
        Map<StorePath, Outcome> outcomes = sources.outputs().get().fetch(wanted, fetchTerms(), events);
        for (Goal goal : fetchable) {
            boolean complete = true;
            for (StorePath output : wanted(goal)) {
                switch (outcomes.get(output)) {
                    case Outcome.Valid _ -> {
                        // There is nothing to be built for it.
                    }
                    case Outcome.Absent _ -> complete = false;
                    case Outcome.Incomplete _ -> {
                        complete = false;
                        goal.setOffered();
                    }
                    case Outcome.Failed(DaemonException.NotSubstituted failure) -> {
                        complete = false;
                        if (!terms.options().fallback()) {
                            throw refused(goal, failure);
                        }
                    }
                    case null -> throw new IllegalStateException("nothing is known of " + output);
                }
            }
            if (complete) {
                goal.setFetched();
            }
        }
    }

    /** Tries once more, now that what the outputs need is there. @return whether nothing is left to be built */
    boolean fetchOffered(Goal goal) throws DaemonException {
        if (!goal.isOffered() || sources.outputs().isEmpty()) {
            return false;
        }
        Map<StorePath, Outcome> outcomes = sources.outputs().get().fetch(wanted(goal), fetchTerms(), events);
        return outcomes.values().stream().allMatch(Outcome.Valid.class::isInstance);
    }

    private boolean mayFetch(Goal goal) {
        return goal.mode() == BuildMode.NORMAL && goal.derivation().allowsSubstitutes();
    }

    private static SortedSet<StorePath> wanted(Goal goal) {
        SortedSet<StorePath> wanted = new TreeSet<>();
        for (String output : goal.wanted()) {
            wanted.add(goal.derivation().outputs().get(output).path().orElseThrow());
        }
        return wanted;
    }

    private FetchTerms fetchTerms() {
        boolean goOn = terms.options().keepGoing() || terms.options().fallback();
        return new FetchTerms(terms.settings().deduplicate(), false, goOn, false);
    }

    private static DaemonException refused(Goal goal, DaemonException.NotSubstituted failure) {
        return new DaemonException.NotSubstituted(
                failure.path(),
                failure.reasons(),
                Optional.of("Try again later, or have it built here with --fallback."),
                Optional.of("some substitutes for the outputs of derivation `" + goal.path()
                        + "' failed (usually happens due to networking issues); try `--fallback' to build derivation "
                        + "from source "));
    }
}
