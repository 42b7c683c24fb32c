// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.debian.Relation.Bound;
import dev.cairn.debian.Relation.Operator;
import dev.cairn.error.FormatException;
import dev.cairn.testing.Gen;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelationParserTest {
    private static final Gen<Relation> RELATIONS = Gen.strings("abz019+.-", 0, 6)
            .flatMap(rest -> Gen.of(List.of("", "any", "native", "amd64"))
                    .flatMap(qualifier -> Gen.integers(0, Operator.values().length)
                            .flatMap(operator -> Gen.strings("0123456789.~+", 1, 5)
                                    .map(version -> relation("p" + rest, qualifier, operator, version)))));

    private static Relation relation(String name, String qualifier, int operator, String version) {
        return new Relation(
                name,
                Optional.of(qualifier).filter(q -> !q.isEmpty()),
                operator == Operator.values().length
                        ? Optional.empty()
                        : Optional.of(new Bound(Operator.values()[operator], version)));
    }

    @Test
    void readsAlternativesVersionsAndQualifiers() throws FormatException {
        assertThat(RelationParser.dependencies(
                        "Depends",
                        "libc6 (>= 2.34), python3:any | perl:native (<< 5), default-mta|mail-transport-agent"))
                .containsExactly(
                        new Dependency(List.of(relation("libc6", "", Operator.AT_LEAST.ordinal(), "2.34"))),
                        new Dependency(List.of(
                                new Relation("python3", Optional.of("any"), Optional.empty()),
                                relation("perl", "native", Operator.BEFORE.ordinal(), "5"))),
                        new Dependency(List.of(
                                new Relation("default-mta", Optional.empty(), Optional.empty()),
                                new Relation("mail-transport-agent", Optional.empty(), Optional.empty()))));
    }

    @ParameterizedTest
    @CsvSource({
        "(<< 1), BEFORE",
        "(<= 1), AT_MOST",
        "(< 1), AT_MOST",
        "(= 1), EXACTLY",
        "(1), EXACTLY",
        "(> 1), AT_LEAST",
        "(>= 1), AT_LEAST",
        "(>> 1), AFTER",
        "(>>1), AFTER",
        "( >> 1 ), AFTER"
    })
    void readsEverySign(String bound, Operator operator) throws FormatException {
        assertThat(RelationParser.relations("Breaks", "a " + bound))
                .containsExactly(relation("a", "", operator.ordinal(), "1"));
        assertThat(RelationParser.relations("Breaks", "a" + bound))
                .containsExactly(relation("a", "", operator.ordinal(), "1"));
    }

    @Test
    void readsSeveralLinesAndACommaAtTheEnd() throws FormatException {
        assertThat(RelationParser.relations("Conflicts", "\n a,\n b\t,\r\n c (= 1:2-3),\n"))
                .map(Relation::toString)
                .containsExactly("a", "b", "c (= 1:2-3)");
    }

    @Test
    void readsNothingFromNothing() throws FormatException {
        assertThat(RelationParser.dependencies("Depends", "")).isEmpty();
        assertThat(RelationParser.relations("Breaks", " \n")).isEmpty();
    }

    @Test
    void readsBackWhatItPrints() {
        RELATIONS.lists(1, 4).lists(0, 5).check(list -> {
            List<Dependency> dependencies = list.stream().map(Dependency::new).toList();
            String text = dependencies.stream().map(Dependency::toString).collect(Collectors.joining(", "));
            assertThat(RelationParser.dependencies("Depends", text)).isEqualTo(dependencies);
        });
        RELATIONS.lists(0, 5).check(relations -> {
            String text = relations.stream().map(Relation::toString).collect(Collectors.joining(","));
            assertThat(RelationParser.relations("Breaks", text)).isEqualTo(relations);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b", "a,,b", ",a", "a |", "| a", "a (>= )", "a (>= 1", "a (>= 1 2)", "a (== 1)", "a (>< 1)",
                "a (= 1) (= 2)", "a:", "a: any", "-a", "a/b", "a (= 1_2)", "a (", "a ()", "é", "${shlibs:Depends}",
                "a:any:any"
            })
    void refusesWhatIsNoRelation(String text) {
        assertThatThrownBy(() -> RelationParser.dependencies("Depends", text))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("Depends: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a [amd64]", "a (>= 1) [!i386 hurd-any]", "a <!nocheck>", "a | b <cross>"})
    void refusesRestrictionsOfSourcePackages(String text) {
        assertThatThrownBy(() -> RelationParser.dependencies("Depends", text))
                .hasMessageContaining("for source packages only");
    }

    @Test
    void refusesAlternativesInPlainRelations() {
        assertThatThrownBy(() -> RelationParser.relations("Conflicts", "a | b"))
                .hasMessageStartingWith("Conflicts: alternatives are not allowed here");
    }

    @Test
    void refusesRangesInProvides() throws FormatException {
        assertThat(RelationParser.provides("a (= 1), b")).hasSize(2);
        assertThatThrownBy(() -> RelationParser.provides("a (>= 1)"))
                .hasMessage("Provides: only = is allowed: a (>= 1)");
    }

    @Test
    void showsOnlyAPieceOfALongText() {
        String text = "a, ".repeat(5000) + "?";
        assertThatThrownBy(() -> RelationParser.dependencies("Depends", text))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200).contains("at character 15000"));
        assertThatThrownBy(() -> RelationParser.dependencies("Depends", "x".repeat(100_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @Test
    void refusesTooManyRelations() {
        assertThatThrownBy(() -> RelationParser.dependencies("Depends", "a|".repeat(RelationParser.MOST) + "a"))
                .hasMessageContaining("more than " + RelationParser.MOST + " relations");
    }

    @Test
    void neverFailsOtherwiseThanByItsOwnException() {
        Gen.strings("ab1 ,|()<>=:[]!~\n", 0, 20).check(3000, text -> {
            try {
                RelationParser.dependencies("Depends", text);
            } catch (FormatException e) {
                assertThat(e.format()).isEqualTo("Depends");
            }
        });
    }
}
