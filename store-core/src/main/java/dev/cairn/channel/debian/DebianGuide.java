// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.daemon.DaemonException;
import dev.cairn.debian.BinaryPackage;
import dev.cairn.debian.Dependency;
import dev.cairn.debian.Relation;
import dev.cairn.error.CairnException;
import dev.cairn.solver.Assignment;
import dev.cairn.solver.ClauseSolver;
import dev.cairn.solver.Guide;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a solver what relations between packages mean, as far as they are reached, and what to try first. A variable
 * is the number of a candidate in the pool: whether it is chosen.
 *
 * <p>What is certain is tried before what is a choice: the goals in their order, then dependencies on one name, then
 * those that several names meet. So a choice that another package makes anyway is not made twice.
 */
final class DebianGuide implements Guide<CairnException> {
    private final Candidates candidates;
    private final CandidatePool pool;
    private final RelationRules rules;
    private final Preference preference;
    /** What the user asks for, or has, and whose recommendations count. */
    private final Set<Integer> wantable = new HashSet<>();
    private final Set<Integer> keepable = new HashSet<>();

    private final List<Reason> reasons = new ArrayList<>();
    private final List<int[]> clauses = new ArrayList<>();
    private final Agenda goals = new Agenda();
    private final Agenda certain = new Agenda();
    private final Agenda choices = new Agenda();
    private final Agenda recommended = new Agenda();

    private record Unwanted(int owner, Relation relation, boolean breaks) {}

    private record Pair(int one, int other) {}

    /** By name, the relations of candidates met so far against packages of it. */
    private final Map<String, List<Unwanted>> unwanted = new HashMap<>();
    /** By name, the candidates met so far that have or provide it. */
    private final Map<String, List<Integer>> met = new HashMap<>();
    private final Set<Pair> excluded = new HashSet<>();

    DebianGuide(
            Candidates candidates,
            CandidatePool pool,
            RelationRules rules,
            Preference preference) {
        this.candidates = candidates;
        this.pool = pool;
        this.rules = rules;
        this.preference = preference;
    }

    /** Gives the clauses that hold in any case. */
    void start(List<DebianSolver.Goal> wanted, ClauseSolver solver) throws CairnException {
        for (DebianSolver.Goal goal : wanted) {
            List<Integer> options = new ArrayList<>();
            for (Candidate candidate : goal.candidates()) {
                int number = pool.number(candidate);
                if (!options.contains(number)) {
                    options.add(number);
                }
            }
            if (goal.recommended()) {
                (goal.kept() ? keepable : wantable).addAll(options);
            }
            goals.add(new Requirement(0, List.copyOf(options)));
            give(solver, new Reason.Wanted(goal), literals(0, options));
        }
        for (String name : candidates.essential()) {
            List<Preference.Option> options = new ArrayList<>();
            for (int number : pool.named(name)) {
                BinaryPackage one = pool.get(number).description();
                if (one.essential() && rules.architecture(one).equals(rules.nativeArchitecture())) {
                    options.add(new Preference.Option(number, 0, true));
                }
            }
            if (!options.isEmpty()) {
                Requirement requirement = new Requirement(0, preference.ordered(options));
                certain.add(requirement);
                give(solver, new Reason.Essential(name), literals(0, requirement.options()));
            }
        }
    }

    /** The clauses given so far, by number. */
    List<int[]> clauses() {
        return clauses;
    }

    /** What a clause says. */
    Explanation.Part part(int clause) {
        return new Explanation.Part(
                reasons.get(clause),
                Arrays.stream(clauses.get(clause)).filter(literal -> literal > 0).mapToObj(pool::get).toList());
    }

    @Override
    public void expand(int number, ClauseSolver solver) throws CairnException {
        Candidate candidate = pool.get(number);
        exclude(number, candidate, solver);
        BinaryPackage one = candidate.description();
        Map<Dependency, Boolean> seen = new LinkedHashMap<>();
        for (Dependency dependency : one.depends()) {
            if (seen.putIfAbsent(dependency, true) == null) {
                require(number, candidate, dependency, solver);
            }
        }
        if (wantable.contains(number) || keepable.contains(number)) {
            for (Dependency dependency : one.recommends()) {
                List<Integer> options = recommendable(number, ordered(dependency, one));
                if (!options.isEmpty() && !options.contains(number)) {
                    recommended.add(new Requirement(number, options));
                }
            }
        }
        one.conflicts().forEach(relation -> refuse(number, relation, false, solver));
        one.breaks().forEach(relation -> refuse(number, relation, true, solver));
        meet(number, one.name(), solver);
        one.provides().stream().map(Relation::name).distinct().forEach(name -> meet(number, name, solver));
    }

    /** Of what is kept only such recommendations count as were followed before. */
    private List<Integer> recommendable(int number, List<Integer> options) {
        return wantable.contains(number)
                ? options
                : options.stream().filter(option -> pool.get(option).installed().isPresent()).toList();
    }

    private List<Integer> ordered(Dependency dependency, BinaryPackage by) throws CairnException {
        return preference.ordered(options(dependency, by));
    }

    /** What can meet a dependency. */
    List<Preference.Option> options(Dependency dependency, BinaryPackage by) throws CairnException {
        List<Preference.Option> options = new ArrayList<>();
        for (int i = 0; i < dependency.alternatives().size(); i++) {
            Relation relation = dependency.alternatives().get(i);
            for (int number : pool.named(relation.name())) {
                add(options, number, i, relation, by, true);
            }
            for (int number : pool.providing(relation.name())) {
                add(options, number, i, relation, by, false);
            }
        }
        return options;
    }

    private void add(
            List<Preference.Option> options, int number, int alternative, Relation relation, BinaryPackage by,
            boolean named) {
        if (rules.satisfies(relation, by, pool.get(number).description())) {
            options.add(new Preference.Option(number, alternative, named));
        }
    }

    private void require(int number, Candidate owner, Dependency dependency, ClauseSolver solver)
            throws CairnException {
        List<Integer> options = ordered(dependency, owner.description());
        if (options.contains(number)) {
            return;
        }
        give(solver, new Reason.Needs(owner, dependency), literals(number, options));
        String first = options.isEmpty() ? "" : pool.get(options.getFirst()).name();
        boolean oneName = options.stream().allMatch(option -> pool.get(option).name().equals(first));
        (oneName ? certain : choices).add(new Requirement(number, options));
    }

    private void exclude(int number, Candidate candidate, ClauseSolver solver) throws CairnException {
        for (int second : pool.named(candidate.name())) {
            Candidate other = pool.get(second);
            Optional<Reason.Kind> kind = rules.obstacle(candidate.description(), other.description());
            if (second != number && kind.isPresent() && excluded.add(pair(number, second))) {
                give(solver, new Reason.OneOf(candidate, other, kind.get()), -number, -second);
            }
        }
    }

    private void refuse(int number, Relation relation, boolean breaks, ClauseSolver solver) {
        Unwanted refusal = new Unwanted(number, relation, breaks);
        unwanted.computeIfAbsent(relation.name(), _ -> new ArrayList<>()).add(refusal);
        for (int other : met.getOrDefault(relation.name(), List.of())) {
            clash(refusal, other, solver);
        }
    }

    private void meet(int number, String name, ClauseSolver solver) {
        met.computeIfAbsent(name, _ -> new ArrayList<>()).add(number);
        for (Unwanted refusal : unwanted.getOrDefault(name, List.of())) {
            clash(refusal, number, solver);
        }
    }

    private void clash(Unwanted refusal, int other, ClauseSolver solver) {
        Candidate owner = pool.get(refusal.owner());
        Candidate met = pool.get(other);
        // Of one name there is only one anyway, or several that go together; providers of one virtual package often
        // conflict with it to say that there is to be one of them.
        if (!owner.name().equals(met.name())
                && rules.hits(refusal.relation(), met.description())
                && excluded.add(pair(refusal.owner(), other))) {
            give(
                    solver,
                    new Reason.Clash(owner, refusal.relation(), refusal.breaks(), met),
                    -refusal.owner(),
                    -other);
        }
    }

    private static Pair pair(int one, int other) {
        return new Pair(Math.min(one, other), Math.max(one, other));
    }

    private static int[] literals(int owner, List<Integer> options) {
        int[] literals = new int[options.size() + (owner == 0 ? 0 : 1)];
        for (int i = 0; i < options.size(); i++) {
            literals[i] = options.get(i);
        }
        if (owner != 0) {
            literals[options.size()] = -owner;
        }
        return literals;
    }

    private void give(ClauseSolver solver, Reason reason, int... literals) {
        solver.add(literals);
        clauses.add(literals);
        reasons.add(reason);
    }

    @Override
    public int decide(Assignment assignment) throws CairnException {
        if (Thread.currentThread().isInterrupted()) {
            throw new DaemonException.Cancelled();
        }
        for (Agenda agenda : List.of(goals, certain, choices, recommended)) {
            int option = agenda.next(assignment);
            if (option != 0) {
                return option;
            }
        }
        return 0;
    }
}
