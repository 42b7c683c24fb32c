// SPDX-License-Identifier: Apache-2.0
package dev.cairn.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClauseSolverTest {
    /** Gives all clauses of a variable late, when it becomes true, and tries literals in an order. */
    private static final class Late implements Guide<RuntimeException> {
        private final List<int[]> clauses;
        private final int[] order;
        private final List<int[]> given = new ArrayList<>();

        Late(List<int[]> clauses, int... order) {
            this.clauses = clauses;
            this.order = order;
        }

        @Override
        public void expand(int variable, ClauseSolver solver) {
            for (int[] clause : clauses) {
                if (Arrays.stream(clause).min().orElse(0) == -variable) {
                    solver.add(clause);
                    given.add(clause);
                }
            }
        }

        @Override
        public int decide(Assignment assignment) {
            return Arrays.stream(order)
                    .filter(literal -> !assignment.isTrue(literal) && !assignment.isFalse(literal))
                    .findFirst()
                    .orElse(0);
        }
    }

    private static final int VARIABLES = 8;

    /** Clauses without a negative literal are given at once. */
    private static boolean solve(ClauseSolver solver, List<int[]> clauses, Late guide) {
        for (int[] clause : clauses) {
            if (Arrays.stream(clause).noneMatch(literal -> literal < 0)) {
                solver.add(clause);
                guide.given.add(clause);
            }
        }
        return solver.solve(guide);
    }

    private static boolean holds(int[] clause, int assignment) {
        return Arrays.stream(clause).anyMatch(l -> (assignment >> (Math.abs(l) - 1) & 1) == (l > 0 ? 1 : 0));
    }

    private static boolean canHold(List<int[]> clauses) {
        return IntStream.range(0, 1 << VARIABLES).anyMatch(a -> clauses.stream().allMatch(c -> holds(c, a)));
    }

    private static List<int[]> random(Random random) {
        List<int[]> clauses = new ArrayList<>();
        int count = 8 + random.nextInt(40);
        for (int i = 0; i < count; i++) {
            int length = 1 + random.nextInt(3) + random.nextInt(2);
            clauses.add(random.ints(1, VARIABLES + 1).distinct().limit(length)
                    .map(v -> random.nextInt(5) < 2 ? v : -v).toArray());
        }
        return clauses;
    }

    @Test
    void agreesWithTryingEverything() {
        Random random = new Random(20250301);
        int solvable = 0;
        for (int round = 0; round < 1000; round++) {
            List<int[]> clauses = random(random);
            int[] order = random.ints(1, VARIABLES + 1).distinct().limit(VARIABLES)
                    .map(v -> random.nextBoolean() ? v : -v).toArray();
            ClauseSolver solver = new ClauseSolver();
            Late guide = new Late(clauses, order);
            boolean found = solve(solver, clauses, guide);
            assertThat(found).isEqualTo(canHold(clauses));
            if (found) {
                solvable++;
                int assignment = IntStream.rangeClosed(1, VARIABLES)
                        .filter(v -> solver.assignment().isTrue(v)).map(v -> 1 << (v - 1)).sum();
                assertThat(clauses).allMatch(clause -> holds(clause, assignment));
                assertThat(assignment).isEqualTo(best(clauses, order));
            } else {
                List<int[]> core = Arrays.stream(solver.core()).mapToObj(guide.given::get).toList();
                assertThat(canHold(core)).isFalse();
                assertMinimal(core);
            }
        }
        assertThat(solvable).isBetween(200, 800);
    }

    /** The assignment that has the first literals of the order wherever an earlier one does not stand against it. */
    private static int best(List<int[]> clauses, int[] order) {
        List<int[]> all = new ArrayList<>(clauses);
        for (int literal : order) {
            all.add(new int[] {literal});
            if (!canHold(all)) {
                all.set(all.size() - 1, new int[] {-literal});
            }
        }
        return IntStream.range(0, 1 << VARIABLES)
                .filter(a -> all.stream().allMatch(c -> holds(c, a))).findFirst().orElseThrow();
    }

    private static void assertMinimal(List<int[]> core) {
        List<int[]> minimal =
                Arrays.stream(MinimalCore.of(core)).mapToObj(core::get).toList();
        assertThat(canHold(minimal)).isFalse();
        for (int i = 0; i < minimal.size(); i++) {
            List<int[]> without = new ArrayList<>(minimal);
            without.remove(i);
            assertThat(canHold(without)).isTrue();
        }
    }

    @Test
    void refutesPigeonsThatOutnumberHoles() {
        ClauseSolver solver = new ClauseSolver();
        int holes = 6;
        int pigeons = 7;
        for (int p = 0; p < pigeons; p++) {
            int first = p * holes + 1;
            solver.add(IntStream.range(first, first + holes).toArray());
        }
        for (int h = 1; h <= holes; h++) {
            for (int p = 0; p < pigeons; p++) {
                for (int q = 0; q < p; q++) {
                    solver.add(-(p * holes + h), -(q * holes + h));
                }
            }
        }
        int[] order = IntStream.rangeClosed(1, holes * pigeons).toArray();
        assertThat(solver.<RuntimeException>solve(new Late(List.of(), order))).isFalse();
        assertThat(solver.conflicts()).isPositive();
    }

    @Test
    void cannotMakeAClauseWithoutLiteralsTrue() {
        ClauseSolver solver = new ClauseSolver();
        solver.add(1);
        int empty = solver.add();
        assertThat(solver.solve(new Late(List.of()))).isFalse();
        assertThat(solver.core()).containsExactly(empty);
    }

    @Test
    void asksForClausesOnlyOfVariablesThatBecomeTrue() {
        List<Integer> asked = new ArrayList<>();
        ClauseSolver solver = new ClauseSolver();
        solver.add(1);
        boolean found = solver.solve(new Guide<RuntimeException>() {
            @Override
            public void expand(int variable, ClauseSolver to) {
                asked.add(variable);
                if (variable == 1) {
                    to.add(-1, 2, 3);
                    to.add(-1, -2);
                }
            }

            @Override
            public int decide(Assignment assignment) {
                return 0;
            }
        });
        assertThat(found).isTrue();
        assertThat(asked).containsExactly(1, 3);
    }
}
