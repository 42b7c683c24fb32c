// SPDX-License-Identifier: Apache-2.0
package dev.cairn.solver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Given and learnt clauses, and what each learnt one was derived from. The literals of a clause are
 * reordered by whoever watches them; the first two are the watched ones.
 */
final class Clauses {
    private final List<int[]> literals = new ArrayList<>();
    private final List<int[]> sources = new ArrayList<>();
    /** For each clause which of the given ones it is, or {@code LEARNT}. */
    private final Ints numbers = new Ints();
    private int given;

    private static final int LEARNT = -1;
    private static final int[] NOTHING = {};

    /** How many clauses were given. */
    int given() {
        return given;
    }

    int[] get(int clause) {
        return literals.get(clause);
    }

    int give(int[] clause) {
        literals.add(clause);
        sources.add(NOTHING);
        numbers.add(given++);
        return literals.size() - 1;
    }

    /** @param from numbers of the clauses that it follows from */
    int learn(int[] clause, int[] from) {
        literals.add(clause);
        sources.add(from);
        numbers.add(LEARNT);
        return literals.size() - 1;
    }

    /** Which of the given clauses some clauses follow from, ascending. */
    int[] origins(int[] of) {
        BitSet seen = new BitSet();
        BitSet found = new BitSet();
        Deque<Integer> waiting = new ArrayDeque<>();
        for (int clause : of) {
            waiting.add(clause);
        }
        while (!waiting.isEmpty()) {
            int clause = waiting.remove();
            if (seen.get(clause)) {
                continue;
            }
            seen.set(clause);
            if (numbers.get(clause) != LEARNT) {
                found.set(numbers.get(clause));
            }
            for (int source : sources.get(clause)) {
                waiting.add(source);
            }
        }
        return found.stream().toArray();
    }
}
