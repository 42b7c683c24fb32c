// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.Dependency;
import dev.cairn.error.CairnException;
import dev.cairn.solver.Assignment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

/** Reads from an assignment which packages are chosen and what meets which dependency. Used once. */
final class SolutionReader {
    private final List<DebianSolver.Goal> goals;
    private final Candidates candidates;
    private final CandidatePool pool;
    private final DebianGuide guide;
    private final Assignment assignment;
    /** Which of several chosen packages a dependency leads to: whatever was there before, always the same. */
    private final Comparator<Preference.Option> order = Comparator.comparing(Preference.Option::alternative)
            .thenComparing(option -> !option.named())
            .thenComparing(option -> candidate(option).name())
            .thenComparing(option -> candidate(option).architecture());

    private final Map<Integer, SequencedSet<Integer>> needed = new LinkedHashMap<>();

    SolutionReader(
            List<DebianSolver.Goal> goals,
            Candidates candidates,
            CandidatePool pool,
            DebianGuide guide,
            Assignment assignment) {
        this.goals = goals;
        this.candidates = candidates;
        this.pool = pool;
        this.guide = guide;
        this.assignment = assignment;
    }

    /** What is chosen and reached; a choice that turned out not to be needed is left out. */
    Solution read() throws CairnException {
        SequencedSet<Integer> wanted = new LinkedHashSet<>();
        Set<Integer> recommending = new HashSet<>();
        List<Candidate> first = new ArrayList<>();
        for (DebianSolver.Goal goal : goals) {
            for (Candidate candidate : goal.candidates()) {
                int number = pool.number(candidate);
                if (assignment.isTrue(number)) {
                    wanted.add(number);
                    first.add(pool.get(number));
                    if (goal.recommended()) {
                        recommending.add(number);
                    }
                    break;
                }
            }
        }
        SequencedSet<Integer> essential = new LinkedHashSet<>();
        for (String name : candidates.essential()) {
            for (int number : pool.named(name)) {
                if (assignment.isTrue(number) && pool.get(number).description().essential()) {
                    essential.add(number);
                }
            }
        }
        Deque<Integer> waiting = new ArrayDeque<>(wanted);
        waiting.addAll(essential);
        while (!waiting.isEmpty()) {
            int number = waiting.remove();
            if (!needed.containsKey(number)) {
                SequencedSet<Integer> by = neededBy(number, recommending.contains(number));
                needed.put(number, by);
                waiting.addAll(by);
            }
        }
        wanted.forEach(number -> {
            needed.get(number).addAll(essential);
            needed.get(number).remove(number);
        });
        Map<Candidate, List<Candidate>> dependencies = new LinkedHashMap<>();
        needed.forEach((number, by) -> dependencies.put(pool.get(number), by.stream().map(pool::get).toList()));
        return new Solution(first, List.copyOf(dependencies.keySet()), dependencies);
    }

    private Candidate candidate(Preference.Option option) {
        return pool.get(option.number());
    }

    private SequencedSet<Integer> neededBy(int number, boolean recommends) throws CairnException {
        Candidate owner = pool.get(number);
        SequencedSet<Integer> result = new LinkedHashSet<>();
        List<Dependency> all = new ArrayList<>(owner.description().depends());
        if (recommends) {
            all.addAll(owner.description().recommends());
        }
        for (Dependency dependency : all) {
            List<Preference.Option> options = guide.options(dependency, owner.description());
            if (options.stream().noneMatch(option -> option.number() == number)) {
                options.stream()
                        .filter(option -> assignment.isTrue(option.number()))
                        .min(order)
                        .ifPresent(option -> result.add(option.number()));
            }
        }
        return result;
    }
}
