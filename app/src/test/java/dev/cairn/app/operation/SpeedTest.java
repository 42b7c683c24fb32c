// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpeedTest {
    private static final Instant BEGIN = Instant.parse("2026-05-04T10:00:00Z");

    private final Speed speed = new Speed();

    @Test
    void isNotKnownBeforeAMomentHasPassed() {
        assertThat(speed.perSecond(BEGIN)).isEmpty();
        speed.add(BEGIN, 0);
        assertThat(speed.perSecond(BEGIN)).isEmpty();
        speed.add(at(100), 50_000);
        assertThat(speed.perSecond(at(100))).isEmpty();
        assertThat(speed.secondsFor(1000, at(100))).isEmpty();
    }

    @Test
    void isTheMeanOfTheLastSeconds() {
        for (int i = 0; i <= 10; i++) {
            speed.add(at(i * 1000), i * 1000L);
        }
        for (int i = 11; i <= 20; i++) {
            speed.add(at(i * 1000), 10_000 + (i - 10) * 3000L);
        }
        assertThat(speed.perSecond(at(20_000))).hasValue(3000);
        assertThat(speed.secondsFor(3001, at(20_000))).hasValue(2);
    }

    @Test
    void isLessWhileNothingComesAndThenNotKnown() {
        speed.add(BEGIN, 0);
        speed.add(at(1000), 10_000);
        assertThat(speed.perSecond(at(1000))).hasValue(10_000);
        assertThat(speed.perSecond(at(4000))).hasValue(2500);
        assertThat(speed.perSecond(at(60_000))).isEmpty();
        assertThat(speed.secondsFor(1, at(60_000))).isEmpty();
    }

    @Test
    void beginsAnewWhenLessIsDoneOrTheClockIsSetBack() {
        speed.add(BEGIN, 1_000_000);
        speed.add(at(1000), 0);
        assertThat(speed.perSecond(at(1000))).isEmpty();
        speed.add(at(2000), 5000);
        assertThat(speed.perSecond(at(2000))).hasValue(5000);
        speed.add(at(-5000), 6000);
        assertThat(speed.perSecond(at(-5000))).isEmpty();
        assertThat(speed.perSecond(at(-9000))).isEmpty();
    }

    @Test
    void takesAtLeastASecondForWhatIsLeftAndNoneForNothing() {
        speed.add(BEGIN, 0);
        speed.add(at(1000), 10_000);
        assertThat(speed.secondsFor(1, at(1000))).hasValue(1);
        assertThat(speed.secondsFor(0, at(1000))).isEmpty();
        assertThat(speed.secondsFor(-7, at(1000))).isEmpty();
        assertThat(speed.secondsFor(Long.MAX_VALUE, at(1000))).hasValue(Math.ceilDiv(Long.MAX_VALUE, 10_000L));
    }

    private static Instant at(long millis) {
        return BEGIN.plusMillis(millis);
    }
}
