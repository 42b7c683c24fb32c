// SPDX-License-Identifier: Apache-2.0
package dev.cairn.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PosixPatternTest {
    @ParameterizedTest
    @CsvSource({
        "^catalog\\.xml$, catalog.xml, true",
        "^catalog\\.xml$, catalogsxml, false",
        "^catalog$|^CATALOG$|^.*\\.cat$, docbook.cat, true",
        "[[:digit:]]+\\.so, lib7.so, true",
        "[^[:alpha:]], abc, false",
        "[]x], ], true",
        "[\\d], 5, false",
        "[a&&b], &, true",
        "\\d, 5, false",
        "\\d, d, true",
        "b, abc, true"
    })
    void matchesAsPosixSays(String expression, String text, boolean matches) throws FormatException {
        assertThat(PosixPattern.compile(expression).matcher(text).find()).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a", "(", "(?i)a", "[[:nothing:]]", "*"})
    void refusesWhatIsNoExpression(String expression) {
        assertThatThrownBy(() -> PosixPattern.compile(expression)).isInstanceOf(FormatException.class);
    }

    @Test
    void boundsTheLength() {
        assertThatThrownBy(() -> PosixPattern.compile("a".repeat(5000))).isInstanceOf(FormatException.class);
    }
}
