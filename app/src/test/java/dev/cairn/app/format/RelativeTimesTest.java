// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelativeTimesTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT0S, just now",
        "PT59S, just now",
        "PT1M, 1 min ago",
        "PT59M59S, 59 min ago",
        "PT1H, 1 h ago",
        "PT23H59M, 23 h ago",
        "P1D, yesterday",
        "P3D, 3 days ago",
        "P60D, 2 months ago",
        "P800D, 2 years ago",
        "PT-5S, just now"
    })
    void saysHowLongAgo(Duration ago, String text) {
        assertThat(RelativeTimes.text(NOW.minus(ago), NOW)).isEqualTo(text);
    }
}
