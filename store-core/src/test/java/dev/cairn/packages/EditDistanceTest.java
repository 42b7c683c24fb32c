// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Gen;
import java.util.List;
import org.junit.jupiter.api.Test;

class EditDistanceTest {
    @Test
    void countsTypingErrors() {
        assertThat(EditDistance.between("firefox", "firefox", 2)).isZero();
        assertThat(EditDistance.between("firefx", "firefox", 2)).isEqualTo(1);
        assertThat(EditDistance.between("fierfox", "firefox", 2)).isEqualTo(1);
        assertThat(EditDistance.between("firrefox", "firefox", 2)).isEqualTo(1);
        assertThat(EditDistance.between("dirwfox", "firefox", 2)).isEqualTo(2);
        assertThat(EditDistance.between("chromium", "firefox", 2)).isEqualTo(3);
    }

    @Test
    void isTheSameBothWays() {
        Gen.strings("abc", 0, 8).lists(2, 2).check(2000, words -> assertThat(
                        EditDistance.between(words.get(0), words.get(1), 9))
                .isEqualTo(EditDistance.between(words.get(1), words.get(0), 9)));
    }

    @Test
    void agreesWithItselfUnderALimit() {
        Gen.strings("abc", 0, 8).lists(2, 2).check(2000, words -> {
            int exact = EditDistance.between(words.get(0), words.get(1), 9);
            assertThat(EditDistance.between(words.get(0), words.get(1), 2)).isEqualTo(Math.min(exact, 3));
        });
    }

    @Test
    void givesTheNearestFirst() {
        assertThat(EditDistance.nearest("synopsys", List.of("source", "synopsis", "license"), 2))
                .containsExactly("synopsis");
        assertThat(EditDistance.nearest("ab", List.of("abc", "ab", "xyz"), 5)).containsExactly("ab", "abc");
    }
}
