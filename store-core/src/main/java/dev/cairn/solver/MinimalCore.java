// SPDX-License-Identifier: Apache-2.0
package dev.cairn.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Fewer clauses for an explanation: without any one of them, the others could be true together. */
public final class MinimalCore {
    private MinimalCore() {}

    /**
     * Drops clauses as long as the rest cannot be true together; the first ones are dropped first.
     *
     * @param clauses cannot be true together
     * @return positions of the clauses that are left, ascending
     */
    public static int[] of(List<int[]> clauses) {
        int[] left = refuted(clauses, range(clauses.size()));
        int needed = 0;
        while (needed < left.length) {
            int[] core = refuted(clauses, without(left, needed));
            if (core.length == 0) {
                needed++;
            } else {
                // What is needed stays so among fewer, and stands first, as positions ascend.
                left = core;
            }
        }
        return left;
    }

    /** Some of the clauses at these positions that cannot be true together; none if all can. */
    private static int[] refuted(List<int[]> clauses, int[] positions) {
        ClauseSolver solver = new ClauseSolver();
        List<Integer> variables = new ArrayList<>();
        for (int position : positions) {
            solver.add(clauses.get(position));
            for (int literal : clauses.get(position)) {
                variables.add(Math.abs(literal));
            }
        }
        List<Integer> distinct = variables.stream().distinct().toList();
        return solver.solve(new AllFalse(distinct))
                ? new int[0]
                : Arrays.stream(solver.core()).map(number -> positions[number]).toArray();
    }

    private static int[] range(int size) {
        int[] range = new int[size];
        Arrays.setAll(range, i -> i);
        return range;
    }

    private static int[] without(int[] positions, int index) {
        int[] rest = new int[positions.length - 1];
        System.arraycopy(positions, 0, rest, 0, index);
        System.arraycopy(positions, index + 1, rest, index, rest.length - index);
        return rest;
    }

    /** Gives every variable a value, false where that is possible. */
    private record AllFalse(List<Integer> variables) implements Guide<RuntimeException> {
        @Override
        public void expand(int variable, ClauseSolver solver) {
            // All clauses are there already.
        }

        @Override
        public int decide(Assignment assignment) {
            for (int variable : variables) {
                if (!assignment.isTrue(variable) && !assignment.isFalse(variable)) {
                    return -variable;
                }
            }
            return 0;
        }
    }
}
