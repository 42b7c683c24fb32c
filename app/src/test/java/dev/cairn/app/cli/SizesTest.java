// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0", "17, 17", "1K, 1024", "1k, 1024", "1KiB, 1024", "1kB, 1000", "1.5M, 1572864", "2MB, 2000000",
        "1GiB, 1073741824", "1T, 1099511627776", "9999999999999T, 9223372036854775807"
    })
    void readsUnits(String text, long octets) throws UsageException {
        assertThat(Sizes.parse(text)).isEqualTo(octets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "-1", "1 X", "1iB", "K", "1.2.3", "1KB5"})
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> Sizes.parse(text)).isInstanceOf(UsageException.class).hasMessageContaining(text);
    }
}
