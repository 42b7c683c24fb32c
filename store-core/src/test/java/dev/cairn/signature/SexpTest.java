// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.testing.Gen;
import dev.cairn.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SexpTest {
    @Test
    void writesWhatLibgcryptWrites() throws Exception {
        for (JsonNode vector : Golden.json("signature/expressions.json").get("written")) {
            String input = vector.get("input").asString();
            assertThat(SexpWriter.advanced(SexpReader.read(input)))
                    .as(input)
                    .isEqualTo(vector.get("text").asString());
        }
    }

    @Test
    void refusesWhatLibgcryptRefuses() {
        for (String input : Golden.strings(Golden.json("signature/expressions.json").get("refused"))) {
            assertThatThrownBy(() -> SexpReader.read(input)).as(input).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void takesEveryFormOfAnAtom() throws Exception {
        Sexp.Sequence abc = Sexp.of("abc");
        for (String form : List.of(
                "(abc)",
                "( abc )",
                "(\"abc\")",
                "(3:abc)",
                "(#616263#)",
                "(# 61 62\n63 #)",
                "(|YWJj|)",
                "(3\"abc\")",
                "(3#616263#)",
                "(\"a\\x62\\143\")",
                "(\"a\\\nbc\")",
                "\n(abc)\n")) {
            assertThat(SexpReader.read(form)).as(form).isEqualTo(abc);
        }
        assertThat(SexpReader.read("(\"\\b\\t\\v\\n\\f\\r\\\"\\'\\\\\")").octets(0).orElseThrow())
                .containsExactly(8, 9, 11, 10, 12, 13, '"', '\'', '\\');
    }

    @Test
    void refusesWhatIsNoExpression() {
        for (String text : List.of(
                "", " ", "(a))", "(a)b", "(4:abc)", "(4\"abc\")", "(03:abc)", "(99999999:a)", "(9999999:a)", "(3)",
                "(|Y|)", "(\"\\q\")", "(\"\\xg0\")", "(\"\\400\")", "[a]", "(a [b])", "(\u00e9)", "(a#)", "(\"a")) {
            assertThatThrownBy(() -> SexpReader.read(text)).as(text).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void boundsDepthAndLength() throws Exception {
        int depth = SexpReader.MAX_DEPTH;
        assertThat(SexpReader.read("(".repeat(depth) + ")".repeat(depth))).isNotNull();
        assertThatThrownBy(() -> SexpReader.read("(".repeat(depth + 1) + ")".repeat(depth + 1)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("deep");
        assertThatThrownBy(() -> SexpReader.read(new byte[SexpReader.MAX_LENGTH + 1]))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("limit");
    }

    @Test
    void findsTheFirstListWithAToken() throws Exception {
        Sexp.Sequence expression = SexpReader.read("(a (b (c 1:1)) (c 1:2) (#63# 1:3))");
        assertThat(expression.value("c").map(String::new)).contains("1");
        assertThat(expression.find("a")).contains(expression);
        assertThat(expression.find("d")).isEmpty();
    }

    @Test
    void readsBackWhatItWrites() {
        Gen.longs(0, Long.MAX_VALUE).check(300, seed -> {
            Sexp.Sequence expression = random(new Random(seed), 0);
            assertThat(SexpReader.read(SexpWriter.advanced(expression))).isEqualTo(expression);
            assertThat(SexpReader.read(SexpWriter.canonical(expression))).isEqualTo(expression);
        });
    }

    @Test
    void readsAtomsInAnySpelling() {
        Gen.octets(0, 40).check(octets -> {
            Sexp.Sequence expected = new Sexp.Sequence(List.of(new Sexp.Atom(octets)));
            assertThat(SexpReader.read("(#" + HexFormat.of().formatHex(octets) + "#)")).isEqualTo(expected);
            assertThat(SexpReader.read("(|" + Base64.getEncoder().encodeToString(octets) + "|)")).isEqualTo(expected);
            String verbatim = "(" + octets.length + ":" + new String(octets, StandardCharsets.ISO_8859_1) + ")";
            assertThat(SexpReader.read(verbatim)).isEqualTo(expected);
        });
    }

    @Test
    void endsWellOnAnyInput() {
        Gen.strings("() ab1:#\"\\|x\n", 0, 30).check(2000, text -> {
            try {
                Sexp.Sequence expression = SexpReader.read(text);
                assertThat(SexpReader.read(SexpWriter.canonical(expression))).isEqualTo(expression);
            } catch (FormatException e) {
                assertThat(e.format()).isEqualTo("s-expression");
            }
        });
    }

    private static Sexp.Sequence random(Random random, int depth) {
        List<Sexp> elements = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            if (depth < 5 && random.nextBoolean()) {
                elements.add(random(random, depth + 1));
            } else {
                byte[] octets = new byte[random.nextInt(6)];
                random.nextBytes(octets);
                elements.add(random.nextBoolean() ? new Sexp.Atom(octets) : Sexp.atom("token" + random.nextInt(9)));
            }
        }
        return new Sexp.Sequence(elements);
    }
}
