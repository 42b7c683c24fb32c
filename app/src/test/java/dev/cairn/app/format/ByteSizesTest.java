// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.00 kB",
        "1234, 1.23 kB",
        "9995, 10.0 kB",
        "99949, 99.9 kB",
        "99950, 100 kB",
        "999499, 999 kB",
        "999500, 1.00 MB",
        "45600000, 45.6 MB",
        "9223372036854775807, 9.22 EB",
        "-1500, -1.50 kB"
    })
    void writesThreeSignificantDigits(long bytes, String text) {
        assertThat(ByteSizes.text(bytes)).isEqualTo(text);
    }
}
