// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.channel.ChannelException;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DebianSolverTest {
    private static void assertImpossible(Universe universe, String... goals) {
        assertThatThrownBy(() -> universe.choose(goals)).isInstanceOf(ChannelException.Unsatisfiable.class);
    }

    private static List<String> dependencies(Solution solution, String name) {
        return solution.dependencies().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .flatMap(entry -> entry.getValue().stream())
                .map(Universe::text)
                .toList();
    }

    @Test
    void takesWhatIsToBeAskedForOnlyWhereItIsNeeded() throws Exception {
        Universe universe = Universe.of(
                "plain 1; depends: lib, editor",
                "modern 1; depends: lib (>= 2)",
                "lib 1",
                "lib 2; on-request",
                "aed 1; provides: editor; on-request",
                "zed 1; provides: editor");
        assertThat(universe.choose("plain")).isEqualTo("lib=1 plain=1 zed=1");
        assertThat(universe.choose("plain", "modern")).isEqualTo("lib=2 modern=1 plain=1 zed=1");
    }

    @Test
    void renewsWithoutTakingWhatIsOlder() throws Exception {
        Universe universe = Universe.of(
                "app 1; depends: lib", "lib 1; priority: 9", "lib 2; on-request; installed", "lib 3; on-request");
        assertThat(Universe.text(DebianSolver.solve(List.of(universe.goal("app")), universe, _ -> true)))
                .isEqualTo("app=1 lib=3");
    }

    @Test
    void takesNoExperimentInPlaceOfAnother() throws Exception {
        Universe universe = Universe.of(
                "app 1; depends: lib", "lib 1", "lib 2; on-request; installed", "lib 3; experiment");
        assertThat(Universe.text(DebianSolver.solve(List.of(universe.goal("app")), universe, _ -> true)))
                .isEqualTo("app=1 lib=2");
        Universe fresh = Universe.of("app 1; depends: lib", "lib 2; on-request", "lib 3; experiment");
        assertThat(fresh.choose("app")).isEqualTo("app=1 lib=2");
    }

    @Test
    void choosesWhatIsNeededInTheNewestVersion() throws Exception {
        Universe universe = Universe.of("jq 1.6; depends: libjq1 (= 1.6), libc6", "libjq1 1.6; depends: libc6",
                "libc6 2.35", "libc6 2.36", "libc6 2.36~rc1", "other 1");
        assertThat(universe.choose("jq")).isEqualTo("jq=1.6 libc6=2.36 libjq1=1.6");
    }

    @Test
    void goesBackToAnOlderVersionWhereANewerOneDoesNotFit() throws Exception {
        Universe universe = Universe.of("a 1; depends: b, c", "b 2; depends: d (>= 2)", "b 1; depends: d",
                "c 1; depends: d (<< 2)", "d 1", "d 2");
        assertThat(universe.choose("a")).isEqualTo("a=1 b=1 c=1 d=1");
    }

    @Test
    void prefersTheFirstAlternative() throws Exception {
        Universe universe = Universe.of("a 1; depends: c | b", "b 9", "c 1");
        assertThat(universe.choose("a")).isEqualTo("a=1 c=1");
        assertThat(Universe.of("a 1; depends: c | b", "b 9").choose("a")).isEqualTo("a=1 b=9");
    }

    @Test
    void doesWithoutAConverterToMergedUsrWherePossible() throws Exception {
        Universe universe = Universe.of("a 1; depends: usrmerge | usr-is-merged", "usrmerge 37", "usr-is-merged 37");
        assertThat(universe.choose("a")).isEqualTo("a=1 usr-is-merged=37");
        assertThat(universe.choose("usrmerge")).isEqualTo("usrmerge=37");
        assertThat(Universe.of("a 1; depends: usrmerge", "usrmerge 37").choose("a")).isEqualTo("a=1 usrmerge=37");
    }

    @Test
    void prefersAnAlternativeThatIsChosenAnyway() throws Exception {
        Universe universe = Universe.of("a 1; depends: c | b, d", "b 1", "c 1", "d 1; depends: b");
        assertThat(universe.choose("a")).isEqualTo("a=1 b=1 d=1");
        assertThat(Universe.of("a 1; depends: c | b", "b 1", "c 1").choose("a", "b")).isEqualTo("a=1 b=1");
    }

    @Test
    void prefersWhatIsInstalled() throws Exception {
        Universe universe = Universe.of("a 1; depends: c | b, d", "b 1; installed", "b 2", "c 1",
                "d 1; installed", "d 2");
        assertThat(universe.choose("a")).isEqualTo("a=1 b=1 d=1");
        Solution renewed = DebianSolver.solve(List.of(universe.goal("a")), universe, _ -> true);
        assertThat(Universe.text(renewed)).isEqualTo("a=1 b=2 d=2");
    }

    @Test
    void prefersTheHigherPriorityToTheNewerVersion() throws Exception {
        Universe universe = Universe.of("a 1; depends: b", "b 1; priority: 5", "b 2; priority: 1");
        assertThat(universe.choose("a")).isEqualTo("a=1 b=1");
        universe = Universe.of("a 1; depends: b (>= 2)", "b 1; priority: 5", "b 2; priority: 1");
        assertThat(universe.choose("a")).isEqualTo("a=1 b=2");
    }

    @Test
    void takesTheFirstCandidateOfAGoalThatWorks() throws Exception {
        Universe universe = Universe.of("a 3; depends: gone", "a 2; depends: b (<< 2)", "a 1", "b 1", "b 2");
        assertThat(universe.choose("a")).isEqualTo("a=2 b=1");
        assertThat(universe.choose("b=2", "a")).isEqualTo("a=1 b=2");
        Solution solution = universe.solve("b=2", "a");
        assertThat(solution.wanted().stream().map(Universe::text)).containsExactly("b=2", "a=1");
    }

    @Test
    void takesProvidersOfVirtualPackagesByPriorityAndName() throws Exception {
        Universe universe = Universe.of("a 1; depends: mta", "postfix 1; provides: mta", "exim 1; provides: mta");
        assertThat(universe.choose("a")).isEqualTo("a=1 exim=1");
        assertThat(universe.choose("a", "postfix")).isEqualTo("a=1 postfix=1");
        universe = Universe.of("a 1; depends: mta", "postfix 1; provides: mta; priority: 1",
                "exim 1; provides: mta");
        assertThat(universe.choose("a")).isEqualTo("a=1 postfix=1");
    }

    @Test
    void takesTheProviderThatASystemWantsMore() throws Exception {
        Universe universe = Universe.of("a 1; depends: awk", "gawk 1; provides: awk",
                "mawk 1; provides: awk; importance: required");
        assertThat(universe.choose("a")).isEqualTo("a=1 mawk=1");
    }

    @Test
    void prefersARealPackageToItsProviders() throws Exception {
        Universe universe = Universe.of("a 1; depends: x", "b 1; provides: x", "x 1");
        assertThat(universe.choose("a")).isEqualTo("a=1 x=1");
    }

    @Test
    void comparesVersionsOfVirtualPackages() throws Exception {
        String[] providers = {"p 9; provides: x (= 2)", "q 9; provides: x", "r 9; provides: x (= 3)"};
        assertThat(Universe.of("a 1; depends: x (>= 3)", providers[0], providers[1], providers[2]).choose("a"))
                .isEqualTo("a=1 r=9");
        assertImpossible(Universe.of("a 1; depends: x (>= 4)", providers[0], providers[1], providers[2]), "a");
    }

    @Test
    void keepsApartWhatConflicts() throws Exception {
        Universe universe = Universe.of("a 1; depends: b | c", "b 1; conflicts: d (<< 2)", "c 1", "d 1", "d 2");
        assertThat(universe.choose("a", "d=1")).isEqualTo("a=1 c=1 d=1");
        assertThat(universe.choose("a", "d=2")).isEqualTo("a=1 b=1 d=2");
        assertImpossible(universe, "b", "d=1");
        assertImpossible(universe, "d=1", "b");
        assertImpossible(Universe.of("b 1; breaks: d (<= 1)", "d 1"), "b", "d");
    }

    @Test
    void letsOnlyOneProviderBeWhereProvidersConflict() throws Exception {
        Universe universe = Universe.of("postfix 1; provides: mta; conflicts: mta",
                "exim 1; provides: mta; conflicts: mta", "mta-config 1; conflicts: mta (<< 2)");
        assertThat(universe.choose("postfix")).isEqualTo("postfix=1");
        assertImpossible(universe, "postfix", "exim");
        assertThat(universe.choose("postfix", "mta-config")).isEqualTo("mta-config=1 postfix=1");
    }

    @Test
    void choosesOneVersionOfEachName() throws Exception {
        assertImpossible(Universe.of("a 1", "a 2"), "a=1", "a=2");
        assertImpossible(Universe.of("a 1; depends: c (= 1)", "b 1; depends: c (= 2)", "c 1", "c 2"), "a", "b");
    }

    @Test
    void alwaysChoosesEssentialPackages() throws Exception {
        Universe universe = Universe.of("a 1", "bash 5; essential; depends: libc6", "dash 1; essential", "libc6 1",
                "bash 4; essential", "bash 6 i386; essential");
        Solution solution = universe.solve("a");
        assertThat(Universe.text(solution)).isEqualTo("a=1 bash=5 dash=1 libc6=1");
        assertThat(dependencies(solution, "a")).containsExactly("bash=5", "dash=1");
        assertThat(dependencies(solution, "bash")).containsExactly("libc6=1");
        assertThat(universe.choose("bash=4")).isEqualTo("bash=4 dash=1");
    }

    @Test
    void takesPackagesOfTheArchitectureOfWhatNeedsThem() throws Exception {
        Universe universe = Universe.of("a 1 i386; depends: b, c, data", "b 1", "b 1 i386", "c 1; multi-arch: foreign",
                "data 1 all; multi-arch: foreign", "d 1 i386; depends: plain", "plain 1 all",
                "e 1 all; depends: b");
        assertThat(universe.choose("a")).isEqualTo("a:i386=1 b:i386=1 c=1 data=1");
        assertImpossible(universe, "d");
        assertThat(universe.choose("e")).isEqualTo("b=1 e=1");
    }

    @Test
    void understandsQualifiersOfArchitectures() throws Exception {
        assertThat(Universe.of("a 1 i386; depends: python3:any", "python3 3; multi-arch: allowed").choose("a"))
                .isEqualTo("a:i386=1 python3=3");
        assertImpossible(Universe.of("a 1 i386; depends: python3:any", "python3 3"), "a");
        assertThat(Universe.of("a 1 i386; depends: x:native", "x 1", "x 1 i386").choose("a"))
                .isEqualTo("a:i386=1 x=1");
        assertThat(Universe.of("a 1; depends: wine32:i386", "wine32 1 i386", "wine32 1").choose("a"))
                .isEqualTo("a=1 wine32:i386=1");
        assertThat(Universe.of("a 1 i386; depends: x:any", "p 1; provides: x:any").choose("a"))
                .isEqualTo("a:i386=1 p=1");
        Universe conflicts = Universe.of("a 1; conflicts: b:i386", "b 1", "b 1 i386");
        assertThat(conflicts.choose("a", "b")).isEqualTo("a=1 b=1");
        assertImpossible(Universe.of("a 1; conflicts: b:i386", "b 1 i386"), "a", "b");
        assertImpossible(Universe.of("a 1; conflicts: b", "b 1 i386"), "a", "b");
    }

    @Test
    void keepsArchitecturesOfOneNameInStep() throws Exception {
        Universe universe = Universe.of("a 1; depends: lib", "w 1 i386; depends: lib",
                "lib 1; multi-arch: same", "lib 2; multi-arch: same", "lib 1 i386; multi-arch: same");
        assertThat(universe.choose("a", "w")).isEqualTo("a=1 lib:i386=1 lib=1 w:i386=1");
        assertImpossible(Universe.of("a 1; depends: lib", "w 1 i386; depends: lib", "lib 1", "lib 1 i386"), "a", "w");
        assertImpossible(
                Universe.of("a 1; depends: lib (>= 2)", "w 1 i386; depends: lib", "lib 2; multi-arch: same",
                        "lib 1 i386; multi-arch: same"),
                "a", "w");
    }

    @Test
    void goesThroughCircles() throws Exception {
        Universe universe = Universe.of("a 1; depends: b", "b 1; depends: a, c", "c 1; depends: c, b");
        Solution solution = universe.solve("a");
        assertThat(Universe.text(solution)).isEqualTo("a=1 b=1 c=1");
        assertThat(dependencies(solution, "b")).containsExactly("a=1", "c=1");
        assertThat(dependencies(solution, "c")).containsExactly("b=1");
    }

    @Test
    void needsNothingForWhatAPackageProvidesItself() throws Exception {
        Universe universe = Universe.of("a 1; depends: x; provides: x", "b 1; provides: x");
        assertThat(universe.choose("a")).isEqualTo("a=1");
    }

    @Test
    void namesTheFirstChosenAlternativeAsWhatMeetsADependency() throws Exception {
        Universe universe = Universe.of("a 1; depends: d, b | c, c | b, b", "b 1", "c 1; installed", "d 1; depends: c");
        Solution solution = universe.solve("a");
        assertThat(dependencies(solution, "a")).containsExactly("d=1", "b=1", "c=1");
    }

    @Test
    void leavesOutAChoiceThatTurnsOutNotToBeNeeded() throws Exception {
        Universe universe = Universe.of("a 1; depends: b | c, x | y", "b 1", "c 1", "x 1; depends: c, z",
                "y 1; depends: c", "z 1; conflicts: b");
        // Whatever way the search goes, nothing is left over.
        Solution solution = universe.solve("a");
        for (Candidate candidate : solution.chosen()) {
            assertThat(solution.wanted().contains(candidate)
                    || solution.dependencies().values().stream().anyMatch(list -> list.contains(candidate))).isTrue();
        }
    }

    @Test
    void takesRecommendedPackagesOnlyIfAskedToAndWherePossible() throws Exception {
        Universe universe = Universe.of("a 1; recommends: b, c | d, gone", "b 1; conflicts: a", "c 1; recommends: e",
                "d 1", "e 1");
        assertThat(universe.choose("a")).isEqualTo("a=1");
        DebianSolver.Goal full = new DebianSolver.Goal("a", universe.goal("a").candidates(), false, true);
        Solution solution = DebianSolver.solve(List.of(full), universe, _ -> false);
        assertThat(Universe.text(solution)).isEqualTo("a=1 c=1");
        assertThat(dependencies(solution, "a")).containsExactly("c=1");
    }

    @Test
    void addsNothingThatAKeptPackageMerelyRecommends() throws Exception {
        Universe universe = Universe.of("a 1; installed; recommends: b, c", "b 1", "c 1; installed", "c 2");
        DebianSolver.Goal kept = new DebianSolver.Goal("a", universe.goal("a").candidates(), true, true);
        Solution solution = DebianSolver.solve(List.of(kept), universe, _ -> false);
        assertThat(Universe.text(solution)).isEqualTo("a=1 c=1");
    }

    @Test
    void givesTheSameAnswerInWhateverOrderPackagesAreOffered() throws Exception {
        List<String> packages = new ArrayList<>();
        Random random = new Random(5);
        for (int i = 0; i < 60; i++) {
            packages.add("p" + i + " " + (1 + random.nextInt(3)) + "; depends: v" + random.nextInt(20) + ", p"
                    + random.nextInt(60) + " | v" + random.nextInt(20) + "; provides: v" + random.nextInt(20) + ", v"
                    + random.nextInt(20) + "; priority: " + random.nextInt(2));
        }
        String expected = answer(packages);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(packages, random);
            assertThat(answer(packages)).isEqualTo(expected);
        }
    }

    private static String answer(List<String> packages) throws CairnException {
        return Universe.of(packages.toArray(String[]::new)).choose("p0", "p1", "p2");
    }

    @Test
    void canBeCancelled() throws Exception {
        Universe universe = Universe.of("a 1");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> universe.choose("a")).isInstanceOf(DaemonException.Cancelled.class);
        } finally {
            Thread.interrupted();
        }
    }
}
