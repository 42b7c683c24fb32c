// SPDX-License-Identifier: Apache-2.0
package dev.cairn.solver;

import java.util.BitSet;

/** Derives from a contradiction what must not be tried again, and remembers from which clauses. Used once. */
final class Derivation {
    private final Clauses clauses;
    private final Trail trail;
    private final Ints sources = new Ints();
    private final BitSet seen = new BitSet();
    private final Ints others = new Ints();
    /** How many seen literals of the current level are still to be replaced by their reasons. */
    private int open;

    Derivation(Clauses clauses, Trail trail) {
        this.clauses = clauses;
        this.trail = trail;
    }

    /** Clauses that what was derived follows from. */
    int[] sources() {
        return sources.toArray();
    }

    /** Resolves a contradiction that no decision takes part in; clauses that it follows from. */
    int[] refutation(int conflict) {
        include(conflict);
        return sources();
    }

    /**
     * Resolves backwards until a single literal of the current level, the last decided one, is left.
     *
     * @return a clause that follows, its first literal the one that becomes true after going back
     */
    int[] firstUniquePoint(int conflict) {
        include(conflict);
        int index = trail.size() - 1;
        while (true) {
            int literal = trail.literal(index--);
            if (!seen.get(Math.abs(literal))) {
                continue;
            }
            if (--open == 0) {
                int[] learnt = new int[1 + others.size()];
                learnt[0] = -literal;
                for (int i = 0; i < others.size(); i++) {
                    learnt[i + 1] = others.get(i);
                }
                return learnt;
            }
            include(trail.reason(literal));
        }
    }

    private void include(int clause) {
        Ints facts = new Ints();
        include(clause, facts);
        // What holds without any decision is resolved at once, all the way down.
        while (facts.size() > 0) {
            include(trail.reason(facts.removeLast()), facts);
        }
    }

    private void include(int clause, Ints facts) {
        sources.add(clause);
        for (int literal : clauses.get(clause)) {
            int variable = Math.abs(literal);
            if (seen.get(variable)) {
                continue;
            }
            seen.set(variable);
            if (trail.level(literal) == 0) {
                facts.add(literal);
            } else if (trail.level(literal) == trail.level()) {
                open++;
            } else {
                others.add(literal);
            }
        }
    }
}
