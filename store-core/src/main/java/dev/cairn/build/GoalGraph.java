// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.BuildMode;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.Derivation;
import dev.cairn.path.StorePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds what has to be built for some targets. Inputs of what is valid already are not looked at. Everything found is
 * a temporary root before it is asked for, so that a collection in between cannot take it away.
 */
final class GoalGraph {
    private final BuildStore store;
    private final Substitution substitution;
    private final Map<StorePath, Goal> goals = new LinkedHashMap<>();
    private final Deque<Goal> unexpanded = new ArrayDeque<>();
    private Optional<Goal> expanded = Optional.empty();

    /** @param substitution what may be fetched rather than built */
    GoalGraph(BuildStore store, Substitution substitution) {
        this.store = store;
        this.substitution = substitution;
    }

    /**
     * The derivations whose builders must run.
     *
     * @param mode what is asked of the targets; what they need is made as usual
     * @throws DaemonException.NotValid when a derivation or an input source is not in the store
     * @throws DaemonException.Refused when an output is wanted that its derivation does not have, or outputs that are
     *     not there are to be compared
     */
    Collection<Goal> toBuild(Collection<BuildTarget> targets, BuildMode mode) throws DaemonException {
        substitution.fetchDerivations(targets.stream().map(BuildTarget::derivation).toList());
        for (BuildTarget target : targets) {
            Goal goal = need(target.derivation(), target.outputs());
            goal.setTopLevel(mode);
            switch (mode) {
                case NORMAL -> {
                    // What is not valid is built.
                }
                case REPAIR -> repair(goal);
                case CHECK -> check(goal);
            }
        }
        while (!unexpanded.isEmpty()) {
            List<Goal> level = nextLevel();
            substitution.fetchOutputs(level);
            level.removeIf(goal -> !goal.isToBuild());
            substitution.fetchSources(level);
            for (Goal goal : level) {
                expanded = Optional.of(goal);
                requireValid(goal.derivation().inputSources());
                for (SortedMap.Entry<StorePath, SortedSet<String>> input :
                        goal.derivation().inputDerivations().entrySet()) {
                    goal.addInput(need(input.getKey(), input.getValue()));
                }
            }
        }
        return goals.values().stream().filter(Goal::isToBuild).toList();
    }

    /** Where servers are asked, everything that is known to be missing by now is asked for at once. */
    private List<Goal> nextLevel() {
        List<Goal> level = new ArrayList<>();
        do {
            level.add(unexpanded.pop());
        } while (substitution.isPossible() && !unexpanded.isEmpty());
        return level;
    }

    /** Whose inputs were looked at last. */
    Optional<Goal> expanded() {
        return expanded;
    }

    private void check(Goal goal) throws DaemonException {
        List<StorePath> outputs = goal.derivation().outputPaths();
        if (!store.valid(outputs).containsAll(outputs)) {
            throw new DaemonException.Refused(
                    "'" + goal.path() + "' was not built yet, or not all of it, so there is nothing to compare with",
                    Optional.of("Build it first."),
                    Optional.of("`" + goal.path() + "' is missing outputs; build it normally before using `--check'"));
        }
        expand(goal);
    }

    private void repair(Goal goal) throws DaemonException {
        for (String output : goal.wanted()) {
            if (!store.hasItsContents(goal.derivation().outputs().get(output).path().orElseThrow())) {
                expand(goal);
                return;
            }
        }
    }

    private void expand(Goal goal) {
        if (!goal.isToBuild()) {
            goal.setToBuild();
            unexpanded.push(goal);
        }
    }

    private Goal need(StorePath path, SortedSet<String> outputs) throws DaemonException {
        Goal goal = goals.get(path);
        if (goal == null) {
            requireValid(List.of(path));
            goal = new Goal(path, store.derivation(path));
            store.addTemporaryRoots(goal.derivation().outputPaths());
            goals.put(path, goal);
        }
        Derivation derivation = goal.derivation();
        for (String output : outputs) {
            if (!derivation.outputs().containsKey(output)) {
                throw new DaemonException.Refused(
                        "derivation '" + path + "' has no output '" + output + "'",
                        Optional.of("Its outputs are " + String.join(", ", derivation.outputs().keySet()) + "."));
            }
        }
        boolean more = goal.wanted().addAll(outputs.isEmpty() ? derivation.outputs().keySet() : outputs);
        if (more && !goal.isToBuild() && !isValid(goal)) {
            expand(goal);
        }
        return goal;
    }

    private boolean isValid(Goal goal) throws DaemonException {
        List<StorePath> paths = new ArrayList<>();
        for (String output : goal.wanted()) {
            paths.add(goal.derivation().outputs().get(output).path().orElseThrow());
        }
        return store.valid(paths).containsAll(paths);
    }

    private void requireValid(Collection<StorePath> paths) throws DaemonException {
        if (paths.isEmpty()) {
            return;
        }
        store.addTemporaryRoots(paths);
        SortedSet<StorePath> missing = new TreeSet<>(paths);
        missing.removeAll(store.valid(paths));
        if (!missing.isEmpty()) {
            throw new DaemonException.NotValid(missing.first());
        }
    }
}
