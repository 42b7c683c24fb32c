// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "-3,0 s", "0,0 s", "59,59 s", "60,1 min", "69,1 min", "130,2 min 10 s", "599,9 min 50 s", "600,10 min",
        "3599,59 min", "3600,1 h", "3900,1 h 5 min", "86399,23 h 59 min", "86400,more than a day",
        "9223372036854775807,more than a day"
    })
    void writesTwoUnitsAtMost(long seconds, String text) {
        assertThat(Durations.text(seconds)).isEqualTo(text);
    }
}
