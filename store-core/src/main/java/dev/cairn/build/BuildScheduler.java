// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.build.sandbox.Sandbox;
import dev.cairn.daemon.BuildFailure;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.DaemonException;
import dev.cairn.event.Activities;
import dev.cairn.event.EventSink;
import dev.cairn.substitute.Substituter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Realises derivations and everything they need, as many at once as the options allow (daemon, section 10). Two
 * requests for one derivation, in this process or another, build it once: the second waits for the locks and finds the
 * outputs valid. Safe for use by several threads.
 */
public final class BuildScheduler {
    private final BuildStore store;
    private final Substitution.Sources sources;

    /** One that fetches nothing. @param store what is built for; shared by all requests of one operation */
    public BuildScheduler(BuildStore store) {
        this(store, Optional.empty(), Optional.empty());
    }

    /**
     * One that fetches what it can.
     *
     * @param store what is built for; shared by all requests of one operation
     * @param outputs fetches what is built otherwise
     * @param derivations fetches what there is to be built, and what that needs
     */
    public BuildScheduler(BuildStore store, Optional<Substituter> outputs, Optional<Substituter> derivations) {
        this.store = store;
        this.sources = new Substitution.Sources(outputs, derivations);
    }

    /** Builds for this process itself, in a store with the usual settings. */
    public void build(Collection<BuildTarget> targets, BuildOptions options, EventSink events) throws DaemonException {
        build(targets, BuildTerms.of(options), events);
    }

    /**
     * Makes the wanted outputs valid, or does with them what else the options ask for; ends with {@link
     * DaemonException.Cancelled} when interrupted. A failure knows what of the request could not be made ({@link
     * DaemonException#request}).
     */
    public void build(Collection<BuildTarget> targets, BuildTerms terms, EventSink events) throws DaemonException {
        RequestFailures failures = new RequestFailures(events);
        Substitution substitution = new Substitution(store, terms, sources, events);
        GoalGraph graph = new GoalGraph(store, substitution);
        Collection<Goal> goals;
        try {
            goals = graph.toBuild(targets, terms.options().mode());
        } catch (DaemonException.NotValid e) {
            throw failures.missing(e, graph.expanded());
        }
        if (goals.isEmpty()) {
            return;
        }
        for (Goal goal : goals) {
            try {
                BuilderRules.check(goal.path(), goal.derivation(), terms.options(), store.layout());
            } catch (DaemonException.Refused e) {
                throw failures.refused(goal, BuildFailure.PERMANENT, e);
            }
        }
        Optional<Sandbox> sandbox = Optional.empty();
        if (terms.options().sandbox() && goals.stream().anyMatch(goal -> !goal.derivation().isBuiltin())) {
            sandbox = Optional.of(Sandbox.find(System.getenv().getOrDefault("PATH", "")));
        }
        try (DerivationBuild build = new DerivationBuild(store, terms, substitution, sandbox, new Activities(events))) {
            new BuildRequest(List.copyOf(goals), build, terms.options(), failures).run();
        }
    }
}
