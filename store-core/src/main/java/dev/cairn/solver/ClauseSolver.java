// SPDX-License-Identifier: Apache-2.0
package dev.cairn.solver;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * One search for an assignment that makes all clauses true. Variables are numbers from 1, a literal is a variable or
 * its negative. Used once, by one thread.
 */
public final class ClauseSolver {
    private static final int NONE = -1;

    private final Clauses clauses = new Clauses();
    private final Trail trail = new Trail();
    /** For each literal the clauses that watch it. */
    private final List<Ints> watches = new ArrayList<>();
    private final BitSet expanded = new BitSet();
    /** Given clauses that do not take part in the search yet: they do when the guide is done. */
    private final Ints waiting = new Ints();
    private int[] core = {};
    private int propagated;
    private int visited;
    private int conflicts;

    /**
     * Adds a clause: at least one of its literals must be true.
     *
     * @param literals each variable at most once; none at all cannot be true
     * @return how many clauses were given before: the number by which {@link #core} names it
     */
    public int add(int... literals) {
        int clause = clauses.give(literals.clone());
        for (int literal : literals) {
            grow(Math.abs(literal));
        }
        waiting.add(clause);
        return clauses.given() - 1;
    }

    /** Searches; whether there is an assignment. */
    public <E extends Exception> boolean solve(Guide<E> guide) throws E {
        while (true) {
            int conflict = propagate();
            if (conflict == NONE) {
                conflict = admit();
            }
            if (conflict != NONE) {
                if (!learn(conflict)) {
                    return false;
                }
            } else if (propagated == trail.size() && waiting.size() == 0 && !visitNext(guide)) {
                int literal = guide.decide(trail);
                if (literal == 0) {
                    return true;
                }
                grow(Math.abs(literal));
                if (!trail.isOpen(literal)) {
                    throw new IllegalStateException("a literal was decided that has a value already: " + literal);
                }
                trail.decide(literal);
            }
        }
    }

    /** The assignment that was found. */
    public Assignment assignment() {
        return trail;
    }

    /** Clauses that were given and cannot be true together, by number; not the fewest possible. */
    public int[] core() {
        return core.clone();
    }

    /** How often the search met a contradiction. */
    public int conflicts() {
        return conflicts;
    }

    /** Asks for the clauses of the next variable that has become true; whether there was one. */
    private <E extends Exception> boolean visitNext(Guide<E> guide) throws E {
        while (visited < trail.size()) {
            int literal = trail.literal(visited++);
            if (literal > 0 && !expanded.get(literal)) {
                expanded.set(literal);
                guide.expand(literal, this);
                return true;
            }
        }
        return false;
    }

    /** Lets waiting clauses take part; the first that contradicts the assignment, or {@code NONE}. */
    private int admit() {
        // Later ones keep their order: which of several contradictions is met first decides what is learnt.
        int[] all = waiting.toArray();
        waiting.shrink(0);
        for (int i = 0; i < all.length; i++) {
            if (!admit(all[i])) {
                for (int j = i + 1; j < all.length; j++) {
                    waiting.add(all[j]);
                }
                return all[i];
            }
        }
        return NONE;
    }

    /** Watches a clause and draws what follows from it; false if it contradicts the assignment. */
    private boolean admit(int clause) {
        int[] literals = clauses.get(clause);
        if (literals.length < 2) {
            return literals.length == 1 && admitFact(literals[0], clause);
        }
        bringForward(literals, 0);
        bringForward(literals, 1);
        watch(literals[0], clause);
        watch(literals[1], clause);
        if (trail.isFalse(literals[0])) {
            return false;
        }
        if (trail.isFalse(literals[1]) && !trail.isTrue(literals[0])) {
            // It would have been drawn earlier, had the clause been there: go back to where that was.
            back(trail.level(literals[1]));
            trail.put(literals[0], clause);
        }
        return true;
    }

    private boolean admitFact(int literal, int clause) {
        if (trail.isOpen(literal) || trail.level(literal) > 0) {
            back(0);
            trail.put(literal, clause);
        }
        return trail.isTrue(literal);
    }

    /** Swaps the literal that stays longest without being false, of those from {@code index} on, to that place. */
    private void bringForward(int[] literals, int index) {
        for (int i = index + 1; i < literals.length; i++) {
            if (endurance(literals[i]) > endurance(literals[index])) {
                swap(literals, i, index);
            }
        }
    }

    private int endurance(int literal) {
        return trail.isFalse(literal) ? trail.level(literal) : Integer.MAX_VALUE;
    }

    /** Draws everything that follows; a clause of which all literals are false, or {@code NONE}. */
    private int propagate() {
        while (propagated < trail.size()) {
            int falsified = -trail.literal(propagated++);
            Ints watching = watches.get(index(falsified));
            int kept = 0;
            for (int i = 0; i < watching.size(); i++) {
                int clause = watching.get(i);
                if (watchAnother(clause, falsified)) {
                    continue;
                }
                watching.set(kept++, clause);
                int first = clauses.get(clause)[0];
                if (trail.isFalse(first)) {
                    while (++i < watching.size()) {
                        watching.set(kept++, watching.get(i));
                    }
                    watching.shrink(kept);
                    return clause;
                }
                if (!trail.isTrue(first)) {
                    trail.put(first, clause);
                }
            }
            watching.shrink(kept);
        }
        return NONE;
    }

    /** Finds a literal to watch instead of a false one; if there is none, the other watched one comes first. */
    private boolean watchAnother(int clause, int falsified) {
        int[] literals = clauses.get(clause);
        if (literals[0] == falsified) {
            swap(literals, 0, 1);
        }
        if (trail.isTrue(literals[0])) {
            return false;
        }
        for (int i = 2; i < literals.length; i++) {
            if (!trail.isFalse(literals[i])) {
                swap(literals, 1, i);
                watch(literals[1], clause);
                return true;
            }
        }
        return false;
    }

    /** Learns from a contradiction and goes back to where that makes a difference; false if there is no way out. */
    private boolean learn(int conflict) {
        conflicts++;
        int level = 0;
        for (int literal : clauses.get(conflict)) {
            level = Math.max(level, trail.level(literal));
        }
        back(level);
        if (level == 0) {
            core = clauses.origins(new Derivation(clauses, trail).refutation(conflict));
            return false;
        }
        Derivation derivation = new Derivation(clauses, trail);
        int[] learnt = derivation.firstUniquePoint(conflict);
        bringForward(learnt, 1);
        int clause = clauses.learn(learnt, derivation.sources());
        if (learnt.length > 1) {
            watch(learnt[0], clause);
            watch(learnt[1], clause);
        }
        back(learnt.length == 1 ? 0 : trail.level(learnt[1]));
        trail.put(learnt[0], clause);
        return true;
    }

    private void back(int level) {
        trail.backTo(level);
        propagated = Math.min(propagated, trail.size());
        visited = Math.min(visited, trail.size());
    }

    private void watch(int literal, int clause) {
        watches.get(index(literal)).add(clause);
    }

    private void grow(int variable) {
        trail.grow(variable);
        while (watches.size() <= 2 * variable + 1) {
            watches.add(new Ints());
        }
    }

    private static int index(int literal) {
        return literal > 0 ? 2 * literal : -2 * literal + 1;
    }

    private static void swap(int[] literals, int i, int j) {
        int literal = literals[i];
        literals[i] = literals[j];
        literals[j] = literal;
    }
}
