// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerivationParserTest {
    private static final String ITEM = "/gnu/store/" + "0".repeat(32) + "-a";

    /** A derivation with every list in use, its quotes written as {@code '}. */
    private static final String SOUND = "Derive([('doc','','',''),('out','','','')],[('" + ITEM
            + ".drv',['doc','out'])]," + "['" + ITEM + "','" + ITEM + "b'],'any','b',['x','x'],[('A','1'),('B','2')])";

    @Test
    void takesWhatThePrinterWrites() throws Exception {
        String text = SOUND.replace('\'', '"');
        assertThat(DerivationPrinter.print(parse(text))).asString(StandardCharsets.ISO_8859_1).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void refusesEverythingElse(String before, String after) {
        assertThat(SOUND).contains(before);
        String text = SOUND.replace(before, after).replace('\'', '"');
        assertThatThrownBy(() -> parse(text)).isInstanceOf(FormatException.class).hasMessageContaining("octet");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 10, 13})
    void refusesControlCharactersThatMustBeEscaped(int octet) {
        String text = SOUND.replace("any", "a" + (char) octet + "y").replace('\'', '"');
        assertThatThrownBy(() -> parse(text)).isInstanceOf(FormatException.class);
    }

    private static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("('doc','','','')", "('out','','','')"),
                Arguments.of("['doc','out']", "['out','out']"),
                Arguments.of("('A','1')", "('B','1')"),
                Arguments.of("('A','1')", "('C','1')"),
                Arguments.of("-ab'", "-a'"),
                Arguments.of("[('doc','','',''),('out','','','')]", "[]"),
                Arguments.of("'any'", "'a\\qy'"),
                Arguments.of("'any'", "'any"),
                Arguments.of("'2')])", "'2')])x"),
                Arguments.of("'2')])", "'2')]"),
                Arguments.of(".drv'", ".dr'"),
                Arguments.of("],'any'", "], 'any'"));
    }

    private static Derivation parse(String text) throws FormatException {
        return DerivationParser.parse(StoreDirectory.GNU, text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
