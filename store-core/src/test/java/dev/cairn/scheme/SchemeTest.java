// SPDX-License-Identifier: Apache-2.0
package dev.cairn.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.strings;

import dev.cairn.error.FormatException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicktheories.core.Gen;

class SchemeTest {
    @Test
    void readsListsPairsAndAtoms() throws FormatException {
        assertThat(SchemeReader.read("(a \"b\" 3 #t #f () (c . d) (e . (f)) 'g)"))
                .isEqualTo(Datum.list(
                        Datum.symbol("a"),
                        Datum.text("b"),
                        Datum.whole(3),
                        Datum.TRUE,
                        Datum.FALSE,
                        Datum.NIL,
                        Datum.pair(Datum.symbol("c"), Datum.symbol("d")),
                        Datum.list(Datum.symbol("e"), Datum.symbol("f")),
                        Datum.list(Datum.symbol("quote"), Datum.symbol("g"))));
    }

    @Test
    void passesOverComments() throws FormatException {
        assertThat(SchemeReader.readAll("#! script !# ; line\n (a #| b #| c |# |# #;(d e) f) ;end"))
                .containsExactly(Datum.list(Datum.symbol("a"), Datum.symbol("f")));
    }

    @Test
    void readsEscapes() throws FormatException {
        assertThat(SchemeReader.read("\"\\\"\\\\\\n\\t\\x41;\\x42c\\u00e9\\\n   end\""))
                .isEqualTo(Datum.text("\"\\\n\tABcéend"));
    }

    @Test
    void tellsSymbolsFromNumbers() throws FormatException {
        assertThat(SchemeReader.readAll("-7 + - a.b with-input <x> -> ... #{odd name}#"))
                .containsExactly(
                        Datum.whole(-7),
                        Datum.symbol("+"),
                        Datum.symbol("-"),
                        Datum.symbol("a.b"),
                        Datum.symbol("with-input"),
                        Datum.symbol("<x>"),
                        Datum.symbol("->"),
                        Datum.symbol("..."),
                        Datum.symbol("odd name"));
        assertThat(SchemeReader.read("123456789012345678901234567890"))
                .isEqualTo(new Datum.Whole(new BigInteger("123456789012345678901234567890")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(", ")", "(a", "(a]", "(. a)", "(a . b c)", "(a .)", "\"open", "\"\\q\"", "\"\\xzz\"", "\"\\ud800\"",
                "#<unspecified>", "#| open", "1.5", "`a", ",a", "(a #;)", "'", "#{}#", "#\\a", "", "a b"
            })
    void refusesWhatIsNoDatum(String text) {
        assertThatThrownBy(() -> SchemeReader.read(text)).isInstanceOf(FormatException.class);
    }

    @Test
    void saysWhereAProblemIs() {
        assertThatThrownBy(() -> SchemeReader.read("(a\n  \"b\\q\")")).hasMessageContaining("line 2, column");
    }

    @Test
    void boundsTheDepth() {
        assertThatThrownBy(() -> SchemeReader.read("(".repeat(100_000))).hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> SchemeReader.read("'".repeat(100_000))).hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> SchemeReader.read("#;".repeat(100_000))).hasMessageContaining("nested deeper");
    }

    @Test
    void readsBackWhatItPrints() {
        qt().withExamples(300).forAll(data(4)).checkAssert(datum -> {
            assertThat(reread(SchemePrinter.print(datum))).isEqualTo(datum);
            assertThat(reread(SchemePrinter.printIndented(datum))).isEqualTo(datum);
        });
    }

    @Test
    void readsBackEveryString() {
        qt().forAll(strings().allPossible().ofLengthBetween(0, 40)).checkAssert(text -> {
            String valid = text.codePoints()
                    .filter(c -> c < 0xd800 || c >= 0xe000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(reread(SchemePrinter.print(Datum.text(valid)))).isEqualTo(Datum.text(valid));
        });
    }

    private static Datum reread(String text) {
        try {
            return SchemeReader.read(text);
        } catch (FormatException e) {
            throw new AssertionError("does not read back: " + text, e);
        }
    }

    private static Gen<Datum> data(int depth) {
        Gen<Datum> atoms = strings()
                .betweenCodePoints(' ', '~')
                .ofLengthBetween(0, 30)
                .map(Datum::text)
                .mix(strings().betweenCodePoints('!', 'z').ofLengthBetween(1, 8).map(SchemeTest::symbol))
                .mix(integers().all().map(i -> Datum.whole(i)))
                .mix(integers().between(0, 1).map(i -> i == 0 ? Datum.FALSE : Datum.TRUE));
        if (depth == 0) {
            return atoms;
        }
        Gen<Datum> inner = data(depth - 1);
        Gen<Datum> proper = lists().of(inner).ofSizeBetween(0, 6).map(list -> (Datum) Datum.list(list));
        Gen<Datum> dotted = lists().of(inner).ofSizeBetween(1, 3).zip(atoms, SchemeTest::dotted);
        return atoms.mix(proper, 60).mix(dotted, 20);
    }

    private static Datum symbol(String text) {
        return Datum.symbol(text.replaceAll("[\\\\{}#|]", "x"));
    }

    private static Datum dotted(List<Datum> elements, Datum tail) {
        return new Datum.Listing(elements, Optional.of(tail));
    }
}
