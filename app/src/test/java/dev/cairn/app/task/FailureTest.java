// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void makesSentencesOfProblemAndHint() {
        assertThat(Failure.sentences("cannot be reached: no network", Optional.of("Try again.")))
                .isEqualTo("Cannot be reached: no network. Try again.");
        assertThat(Failure.sentences("It is gone.", Optional.of("Try again."))).isEqualTo("It is gone. Try again.");
        assertThat(Failure.sentences("gone", Optional.empty())).isEqualTo("Gone");
    }
}
