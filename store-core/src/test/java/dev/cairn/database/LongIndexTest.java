// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongIndexTest {
    @Test
    void countsOffDifferentNumbers() {
        LongIndex index = new LongIndex();
        assertThat(index.add(70)).isZero();
        assertThat(index.add(-3)).isEqualTo(1);
        assertThat(index.add(70)).isZero();
        assertThat(index.add(0)).isEqualTo(2);
        assertThat(index.size()).isEqualTo(3);
    }

    @Test
    void agreesWithAMapOverManyNumbers() {
        Random random = new Random(17);
        LongIndex index = new LongIndex();
        Map<Long, Integer> expected = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            long number = random.nextInt(20_000) * (random.nextBoolean() ? 1L : 1L << 40);
            int place = expected.computeIfAbsent(number, _ -> expected.size());
            assertThat(index.add(number)).isEqualTo(place);
        }
        assertThat(index.size()).isEqualTo(expected.size());
    }
}
