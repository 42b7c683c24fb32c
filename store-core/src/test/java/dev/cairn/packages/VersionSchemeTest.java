// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.debian.DebianVersion;
import dev.cairn.manifest.ManifestEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionSchemeTest {
    @Test
    void isThatOfTheArchiveWhereThePropertiesSaySo() {
        assertThat(VersionScheme.of(Map.of(ManifestEntry.DEBIAN, "\"amd64\"")).order()).isSameAs(DebianVersion.ORDER);
        assertThat(VersionScheme.of(Map.of("other", "\"amd64\"")).order()).isSameAs(VersionOrder.INSTANCE);
    }

    @Test
    void debianVersionsMayBeCutShortAtWhatPeopleCallTheVersion() {
        VersionScheme debian = VersionScheme.DEBIAN;
        assertThat(debian.fits("2.39", "1:2.39.5-0+deb12u2")).isTrue();
        assertThat(debian.fits("1:2.39", "1:2.39.5-0+deb12u2")).isTrue();
        assertThat(debian.fits("2.39.5", "1:2.39.5-0+deb12u2")).isTrue();
        assertThat(debian.fits("2.39.5-0", "1:2.39.5-0+deb12u2")).isTrue();
        assertThat(debian.fits("2.45-1", "2.45-1~bpo12+1")).isTrue();
        assertThat(debian.fits("2.3", "1:2.39.5-0+deb12u2")).isFalse();
        assertThat(debian.fits("2:2.39", "1:2.39.5-0+deb12u2")).isFalse();
        assertThat(VersionScheme.PLAIN.fits("2.39.5", "2.39.5-0")).isFalse();
    }

    @Test
    void theVersionItselfIsMeantBeforeOnesThatItBegins() {
        assertThat(VersionScheme.DEBIAN.choose(Optional.of("1.2"), List.of("1.2-3", "1.2"), version -> version))
                .contains("1.2");
        assertThat(VersionScheme.DEBIAN.choose(Optional.of("1"), List.of("1.3-1", "1.2"), version -> version))
                .contains("1.3-1");
    }
}
