// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.channel.ChannelException;
import dev.cairn.debian.BinaryPackage;
import dev.cairn.debian.DebianVersion;
import dev.cairn.debian.Dependency;
import dev.cairn.debian.Relation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Small random universes, in which every set of packages can be tried. The rules are written here a second time. */
class DebianSolverPropertyTest {
    private static final int ROUNDS = 1500;
    private static final String[] NAMES = {"a", "b", "c", "d", "e"};
    private static final String[] VIRTUAL = {"v", "w"};

    private final Random random = new Random(20260501);

    private String name() {
        return random.nextInt(5) == 0 ? VIRTUAL[random.nextInt(2)] : NAMES[random.nextInt(NAMES.length)];
    }

    private String relation() {
        String qualifier = switch (random.nextInt(12)) {
            case 0 -> ":any";
            case 1 -> ":i386";
            default -> "";
        };
        String bound = switch (random.nextInt(6)) {
            case 0 -> " (>= 2)";
            case 1 -> " (<< 2)";
            case 2 -> " (= " + (1 + random.nextInt(2)) + ")";
            default -> "";
        };
        return name() + qualifier + bound;
    }

    private String packageLine(String name, int version) {
        StringBuilder line = new StringBuilder(name + " " + version);
        boolean foreign = random.nextInt(5) == 0;
        line.append(foreign ? " i386" : random.nextInt(6) == 0 ? " all" : "");
        line.append("; multi-arch: ").append(List.of("no", "same", "foreign", "allowed").get(random.nextInt(4)));
        int needs = random.nextInt(3);
        if (needs > 0) {
            line.append("; depends: ");
            for (int i = 0; i < needs; i++) {
                line.append(i == 0 ? "" : ", ").append(relation());
                if (random.nextBoolean()) {
                    line.append(" | ").append(relation());
                }
            }
        }
        if (random.nextInt(3) == 0) {
            line.append("; provides: ").append(VIRTUAL[random.nextInt(2)]);
            line.append(random.nextBoolean() ? " (= " + (1 + random.nextInt(2)) + ")" : "");
        }
        if (random.nextInt(3) == 0) {
            line.append(random.nextBoolean() ? "; conflicts: " : "; breaks: ").append(relation());
        }
        line.append(random.nextInt(8) == 0 ? "; essential" : "");
        line.append(random.nextInt(4) == 0 ? "; installed" : "");
        return line.toString();
    }

    private Universe universe() throws Exception {
        Set<String> lines = new LinkedHashSet<>();
        for (String name : NAMES) {
            for (int version = 1; version <= 2; version++) {
                if (random.nextInt(5) > 0) {
                    lines.add(packageLine(name, version));
                }
            }
        }
        return Universe.of(lines.toArray(String[]::new));
    }

    @Test
    void findsASolutionWheneverThereIsOne() throws Exception {
        int solvable = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Universe universe = universe();
            List<DebianSolver.Goal> goals = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(2); i++) {
                goals.add(universe.goal(NAMES[random.nextInt(NAMES.length)]));
            }
            boolean possible = IntStream.range(0, 1 << universe.all().size())
                    .anyMatch(set -> isSolution(universe, goals, subset(universe, set)));
            try {
                boolean renew = random.nextBoolean();
                Solution solution = DebianSolver.solve(goals, universe, _ -> renew);
                solvable++;
                assertThat(isSolution(universe, goals, solution.chosen())).as("%s", universe.all()).isTrue();
                assertSound(solution);
            } catch (ChannelException.Unsatisfiable e) {
                assertThat(possible).as("%s %s", universe.all(), e).isFalse();
                assertThat(e.getMessage().lines().count()).isBetween(2L, 12L);
            }
        }
        assertThat(solvable).isBetween(ROUNDS / 5, ROUNDS * 4 / 5);
    }

    private static void assertSound(Solution solution) {
        assertThat(solution.chosen()).doesNotHaveDuplicates().containsAll(solution.wanted());
        assertThat(solution.dependencies()).containsOnlyKeys(solution.chosen());
        for (Candidate one : solution.chosen()) {
            List<Candidate> needed = solution.dependencies().get(one);
            assertThat(needed).doesNotHaveDuplicates().doesNotContain(one).allMatch(solution.chosen()::contains);
            for (Dependency dependency : one.description().depends()) {
                List<Candidate> and = new ArrayList<>(needed);
                and.add(one);
                assertThat(isMet(one, dependency, and)).isTrue();
            }
        }
    }

    private static List<Candidate> subset(Universe universe, int set) {
        return IntStream.range(0, universe.all().size())
                .filter(i -> (set >> i & 1) == 1)
                .mapToObj(universe.all()::get)
                .toList();
    }

    private static boolean isSolution(Universe universe, List<DebianSolver.Goal> goals, List<Candidate> chosen) {
        return goals.stream().allMatch(goal -> goal.candidates().stream().anyMatch(chosen::contains))
                && universe.essential().stream().allMatch(name -> chosen.stream().anyMatch(c -> c.name().equals(name)
                        && c.description().essential()
                        && architecture(c.description()).equals("amd64")))
                && chosen.stream().allMatch(one -> one.description().depends().stream()
                        .allMatch(dependency -> isMet(one, dependency, chosen)))
                && chosen.stream().allMatch(one -> chosen.stream().allMatch(other -> agree(one, other)));
    }

    private static boolean isMet(Candidate owner, Dependency dependency, List<Candidate> chosen) {
        return dependency.alternatives().stream()
                .anyMatch(relation -> chosen.stream().anyMatch(one -> meets(owner, relation, one)));
    }

    private static boolean meets(Candidate owner, Relation relation, Candidate one) {
        BinaryPackage description = one.description();
        boolean architecture = switch (relation.qualifier().orElse("")) {
            case "" -> architecture(description).equals(architecture(owner.description()))
                    || description.multiArch() == BinaryPackage.MultiArch.FOREIGN;
            case "any" -> description.multiArch() == BinaryPackage.MultiArch.ALLOWED;
            case String other -> architecture(description).equals(other);
        };
        return architecture && means(relation, description);
    }

    private static boolean means(Relation relation, BinaryPackage one) {
        if (one.name().equals(relation.name())) {
            return relation.bound().isEmpty() || relation.bound().get().admits(one.version());
        }
        return one.provides().stream()
                .filter(provided -> provided.name().equals(relation.name()))
                .anyMatch(provided -> relation.bound().isEmpty()
                        || provided.bound().isPresent()
                                && relation.bound().get().admits(provided.bound().get().version()));
    }

    private static boolean agree(Candidate one, Candidate other) {
        if (one.equals(other)) {
            return true;
        }
        if (one.name().equals(other.name())) {
            return !architecture(one.description()).equals(architecture(other.description()))
                    && one.description().multiArch() == BinaryPackage.MultiArch.SAME
                    && other.description().multiArch() == BinaryPackage.MultiArch.SAME
                    && DebianVersion.ORDER.compare(one.version(), other.version()) == 0;
        }
        List<Relation> refused = new ArrayList<>(one.description().conflicts());
        refused.addAll(one.description().breaks());
        return refused.stream().noneMatch(relation -> means(relation, other.description())
                && (!relation.qualifier().orElse("any").equals("i386")
                        || architecture(other.description()).equals("i386")));
    }

    private static String architecture(BinaryPackage one) {
        return one.architecture().equals("all") ? "amd64" : one.architecture();
    }
}
