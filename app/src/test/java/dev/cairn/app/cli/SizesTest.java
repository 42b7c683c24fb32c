// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
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

    @Test
    void showsWithOneDecimal() {
        assertThat(Sizes.show(0)).isEqualTo("0 B");
        assertThat(Sizes.show(1023)).isEqualTo("1023 B");
        assertThat(Sizes.show(1536)).isEqualTo("1.5 KiB");
        assertThat(Sizes.show(5L << 30)).isEqualTo("5.0 GiB");
    }
}
