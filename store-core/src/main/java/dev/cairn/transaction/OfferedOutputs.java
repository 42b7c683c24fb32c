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
    private final Map<StorePath, SortedSet<String>> seen = new HashMap<>();
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
        SortedMap<StorePath, SortedSet<String>> level = new TreeMap<>();
        targets.forEach(target -> want(level, target.derivation(), target.outputs()));
        SortedMap<StorePath, SortedSet<String>> next = level;
        while (!next.isEmpty()) {
            next = search.inputs(next);
        }
        return search.offered;
    }

    /** @param outputs none for all */
    private static void want(
            SortedMap<StorePath, SortedSet<String>> level, StorePath derivation, SortedSet<String> outputs) {
        level.merge(derivation, new TreeSet<>(outputs), (one, other) -> {
            if (one.isEmpty() || other.isEmpty()) {
                return new TreeSet<>();
            }
            one.addAll(other);
            return one;
        });
    }

    /** What those of a level need that will be built. */
    private SortedMap<StorePath, SortedSet<String>> inputs(SortedMap<StorePath, SortedSet<String>> level)
            throws CairnException {
        SortedMap<StorePath, Goal> goals = new TreeMap<>();
        for (Map.Entry<StorePath, SortedSet<String>> one : level.entrySet()) {
            look(one.getKey(), one.getValue(), goals);
        }
        SortedSet<StorePath> complete = complete(goals.values());
        SortedMap<StorePath, SortedSet<String>> next = new TreeMap<>();
        for (Goal goal : goals.values()) {
            if (mayBeFetched(goal) && complete.containsAll(goal.lacking())) {
                offered.addAll(goal.lacking());
            } else {
                goal.derivation().inputDerivations().forEach((input, names) -> want(next, input, names));
            }
        }
        return next;
    }

    private void look(StorePath path, SortedSet<String> outputs, SortedMap<StorePath, Goal> goals)
            throws CairnException {
        SortedSet<String> before = seen.put(path, outputs);
        boolean isKnown = before != null && (before.isEmpty() || !outputs.isEmpty() && before.containsAll(outputs));
        if (isKnown || !daemon.isValid(path)) {
            return;
        }
        SortedMap<String, StorePath> wanted = new TreeMap<>(daemon.derivationOutputs(path));
        if (!outputs.isEmpty()) {
            wanted.keySet().retainAll(outputs);
        }
        SortedSet<StorePath> lacking = new TreeSet<>(wanted.values());
        lacking.removeAll(daemon.valid(wanted.values()));
        if (!lacking.isEmpty()) {
            goals.put(path, new Goal(DerivationItems.read(daemon, path), lacking));
        }
    }

    private static boolean mayBeFetched(Goal goal) {
        return goal.derivation().environment().getOrDefault("allowSubstitutes", "1").equals("1");
    }

    /** Those that are offered, and all that they refer to, too. */
    private SortedSet<StorePath> complete(Collection<Goal> goals) throws CairnException {
        SortedSet<StorePath> asked = new TreeSet<>();
        goals.stream().filter(OfferedOutputs::mayBeFetched).forEach(goal -> asked.addAll(goal.lacking()));
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
