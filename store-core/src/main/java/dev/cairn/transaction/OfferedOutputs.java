// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DerivationItems;
import dev.cairn.daemon.Downloads;
import dev.cairn.derivation.Derivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.path.StorePath;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds which outputs of derivations servers offer together with all that these refer to, so that they are fetched
 * rather than built. Goes through derivations level by level and asks for all of a level at once; what a derivation
 * needs whose outputs are offered is not looked at. Used by one thread.
 */
final class OfferedOutputs {
    private final Daemon daemon;
    private final EventSink events;
    private final Map<StorePath, BuildTarget> seen = new HashMap<>();
    private final SortedSet<StorePath> offered = new TreeSet<>();

    /** A derivation with what it lacks of what is wanted. */
    private record Goal(Derivation derivation, SortedSet<StorePath> lacking) {}

    private OfferedOutputs(Daemon daemon, EventSink events) {
        this.daemon = daemon;
        this.events = events;
    }

    /** Those that would be fetched for some targets. */
    static SortedSet<StorePath> of(Daemon daemon, Collection<BuildTarget> targets, EventSink events)
            throws CairnException {
        OfferedOutputs search = new OfferedOutputs(daemon, events);
        Collection<BuildTarget> level = targets;
        while (!level.isEmpty()) {
            level = search.inputs(level);
        }
        return search.offered;
    }

    /** What those of a level need that will be built. */
    private Collection<BuildTarget> inputs(Collection<BuildTarget> level) throws CairnException {
        SortedMap<StorePath, Goal> goals = new TreeMap<>();
        for (BuildTarget target : level) {
            look(target, goals);
        }
        SortedSet<StorePath> complete = complete(goals.values());
        SortedMap<StorePath, BuildTarget> next = new TreeMap<>();
        for (Goal goal : goals.values()) {
            if (goal.derivation().allowsSubstitutes() && complete.containsAll(goal.lacking())) {
                offered.addAll(goal.lacking());
            } else {
                goal.derivation().inputDerivations().forEach((input, names) ->
                        next.merge(input, new BuildTarget(input, names), BuildTarget::and));
            }
        }
        return next.values();
    }

    /** Adds a goal, or to one, for what was not looked at yet. */
    private void look(BuildTarget target, SortedMap<StorePath, Goal> goals) throws CairnException {
        StorePath path = target.derivation();
        BuildTarget before = seen.get(path);
        BuildTarget wanted = before == null ? target : before.and(target);
        if (wanted.equals(before) || !daemon.isValid(path)) {
            return;
        }
        seen.put(path, wanted);
        SortedSet<StorePath> lacking =
                new TreeSet<>(wanted.of(daemon.derivationOutputs(path)).values());
        lacking.removeAll(daemon.valid(lacking));
        if (!lacking.isEmpty()) {
            goals.put(path, new Goal(DerivationItems.read(daemon, path), lacking));
        }
    }

    /** Those that are offered, and all that they refer to, too. */
    private SortedSet<StorePath> complete(Collection<Goal> goals) throws CairnException {
        SortedSet<StorePath> asked = new TreeSet<>();
        for (Goal goal : goals) {
            if (goal.derivation().allowsSubstitutes()) {
                asked.addAll(goal.lacking());
            }
        }
        SortedSet<StorePath> complete = new TreeSet<>(asked);
        if (!asked.isEmpty()) {
            Downloads downloads = Downloads.of(daemon, asked, events);
            complete.removeAll(lackingSomething(downloads));
        }
        return complete;
    }

    private static Set<StorePath> lackingSomething(Downloads downloads) {
        Map<StorePath, Set<StorePath>> referrers = new HashMap<>();
        downloads.items().forEach((item, info) -> info.references()
                .forEach(reference -> referrers.computeIfAbsent(reference, _ -> new HashSet<>()).add(item)));
        Set<StorePath> lacking = new HashSet<>();
        SortedSet<StorePath> ahead = new TreeSet<>(downloads.missing());
        while (!ahead.isEmpty()) {
            StorePath item = ahead.removeFirst();
            if (lacking.add(item)) {
                ahead.addAll(referrers.getOrDefault(item, Set.of()));
            }
        }
        return lacking;
    }
}
