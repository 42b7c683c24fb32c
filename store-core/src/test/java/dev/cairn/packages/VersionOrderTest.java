// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionOrderTest {
    private static final VersionOrder ORDER = VersionOrder.INSTANCE;
    private static final Gen<String> VERSIONS = Gen.strings("0019.-+a", 0, 7);

    @Test
    void comparesNumbersByValue() {
        assertOrder("0.9", "1.0", "1.0.1", "1.9", "1.10", "2", "10", "10.0", "99999999999999999999",
                "100000000000000000000");
    }

    @Test
    void comparesWhatIsBetweenByCharacters() {
        assertOrder("1.0", "1.0+git", "1.0-1.abc", "1.0-2.abc", "1.0.1", "1.0a", "1.0b2", "1.0b10", "1.0rc1");
    }

    @Test
    void setsDatesAndCommitsInOrder() {
        assertOrder("0-1.0a1b2c", "0-2.ffffff", "0-10.000000", "0.0.1", "2024.1.31", "2024.02.01", "20240131",
                "20240201");
    }

    @Test
    void tellsVersionsThatDifferOnlyInZerosApart() {
        assertThat(ORDER.compare("1.01", "1.1")).isNegative();
        assertThat(ORDER.compare("1.1", "1.01")).isPositive();
        assertThat(ORDER.compare("1.01", "1.2")).isNegative();
    }

    @Test
    void isATotalOrder() {
        VERSIONS.lists(3, 3).check(3000, versions -> {
            String a = versions.get(0);
            String b = versions.get(1);
            String c = versions.get(2);
            assertThat(Integer.signum(ORDER.compare(a, b))).isEqualTo(-Integer.signum(ORDER.compare(b, a)));
            assertThat(ORDER.compare(a, b) == 0).isEqualTo(a.equals(b));
            if (ORDER.compare(a, b) <= 0 && ORDER.compare(b, c) <= 0) {
                assertThat(ORDER.compare(a, c)).isLessThanOrEqualTo(0);
            }
        });
    }

    @Test
    void takesPrefixesAtDotsOnly() {
        assertThat(VersionOrder.fits("1", "1.2")).isTrue();
        assertThat(VersionOrder.fits("1.2", "1.2")).isTrue();
        assertThat(VersionOrder.fits("1", "12")).isFalse();
        assertThat(VersionOrder.fits("1.2", "1.2a")).isFalse();
    }

    @Test
    void choosesTheExactVersionBeforeLongerOnes() {
        List<String> newestFirst = List.of("2.0", "1.2.3", "1.2");
        assertThat(choose(newestFirst, "1.2")).contains("1.2");
        assertThat(choose(newestFirst, "1")).contains("1.2.3");
        assertThat(choose(newestFirst, "3")).isEmpty();
        assertThat(VersionOrder.choose(Optional.empty(), newestFirst, version -> version)).contains("2.0");
    }

    private static Optional<String> choose(List<String> versions, String wanted) {
        return VersionOrder.choose(Optional.of(wanted), versions, version -> version);
    }

    private static void assertOrder(String... ascending) {
        List<String> shuffled = new ArrayList<>(List.of(ascending));
        java.util.Collections.reverse(shuffled);
        shuffled.sort(ORDER);
        assertThat(shuffled).containsExactly(ascending);
    }
}
