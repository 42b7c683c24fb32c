// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.channel.ChannelException;
import dev.cairn.error.CairnException;
import dev.cairn.solver.ClauseSolver;
import java.util.List;
import java.util.function.Predicate;

/** Chooses packages of archives so that all relations between them hold. */
final class DebianSolver {
    private DebianSolver() {}

    /**
     * One thing that must be among the chosen.
     *
     * @param label how the user names it
     * @param candidates one of these, the first that works
     * @param kept whether it is there already: then nothing is added that it merely recommends
     * @param recommended whether what it recommends is chosen too where that is possible; what its dependencies
     *     recommend never is
     */
    record Goal(String label, List<Candidate> candidates, boolean kept, boolean recommended) {
        Goal {
            candidates = List.copyOf(candidates);
        }

        /** Something new, without what it recommends. */
        Goal(String label, List<Candidate> candidates) {
            this(label, candidates, false, false);
        }
    }

    /**
     * Chooses for every goal the first candidate that works, and with it what it needs; of the rest, what is installed
     * rather than what is not, unless it is to be renewed, then the first alternative, the highest priority, the newest
     * version. Essential packages are always among the chosen. The same question always has the same answer.
     *
     * @param renewed installed candidates of which newer versions are preferred
     * @throws ChannelException.Unsatisfiable when there is no way; the message names packages and relations
     */
    static Solution solve(List<Goal> goals, Candidates candidates, Predicate<Candidate> renewed)
            throws CairnException {
        CandidatePool pool = new CandidatePool(candidates);
        RelationRules rules = new RelationRules(candidates.architecture());
        Preference preference = new Preference(pool, rules, renewed);
        DebianGuide guide = new DebianGuide(candidates, pool, rules, preference);
        ClauseSolver solver = new ClauseSolver();
        guide.start(goals, solver);
        if (!solver.solve(guide)) {
            throw Explanation.of(guide, solver.core(), candidates).exception();
        }
        return new SolutionReader(goals, candidates, pool, guide, solver.assignment()).read();
    }
}
