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
     */
    record Goal(String label, List<Candidate> candidates, boolean kept) {
        Goal {
            candidates = List.copyOf(candidates);
        }

        /** Something new. */
        Goal(String label, List<Candidate> candidates) {
            this(label, candidates, false);
        }
    }

    /**
     * What is preferred beyond the rules.
     *
     * @param renewed installed candidates of which newer versions are preferred
     * @param recommended whose recommendations are chosen too where that is possible
     */
    record Options(Predicate<Candidate> renewed, Recommended recommended) {}

    /** Whose recommendations count. */
    enum Recommended {
        OF_NONE,
        /** Of the packages that were asked for, not of what these need. */
        OF_WANTED,
        OF_ALL
    }

    /**
     * Chooses for every goal the first candidate that works, and with it what it needs; of the rest, what is installed
     * rather than what is not, unless {@code renew}, then the first alternative, the highest priority, the newest
     * version. Essential packages are always among the chosen.
     *
     * @param renew whether newer versions are preferred to installed ones
     * @throws ChannelException.Unsatisfiable when there is no way; the message names packages and relations
     */
    static Solution solve(List<Goal> goals, Candidates candidates, boolean renew) throws CairnException {
        return solve(goals, candidates, new Options(_ -> renew, Recommended.OF_NONE));
    }

    /** Chooses likewise. The same question always has the same answer. */
    static Solution solve(List<Goal> goals, Candidates candidates, Options options) throws CairnException {
        CandidatePool pool = new CandidatePool(candidates);
        RelationRules rules = new RelationRules(candidates.architecture());
        Preference preference = new Preference(pool, rules, options.renewed());
        DebianGuide guide = new DebianGuide(candidates, pool, rules, preference, options.recommended());
        ClauseSolver solver = new ClauseSolver();
        guide.start(goals, solver);
        if (!solver.solve(guide)) {
            throw Explanation.of(guide, solver.core(), candidates).exception();
        }
        return new SolutionReader(goals, candidates, pool, guide, solver.assignment(), options.recommended()).read();
    }
}
