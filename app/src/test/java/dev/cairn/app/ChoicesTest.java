// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChoicesTest {
    @Test
    void aWindowTakesWhatEveryCommandTakes() {
        assertThat(Choices.ofWindow(List.of())).contains(Choices.NONE);
        assertThat(Choices.ofWindow(List.of("--daemon=/run/socket?root=/srv", "--profile=p", "--store-root=/srv")))
                .contains(new Choices(
                        Optional.of(Path.of("/srv")), Optional.of(Path.of("p")), Optional.of("/run/socket?root=/srv")));
    }

    @Test
    void anythingElseIsACommand() {
        assertThat(Choices.ofWindow(List.of("list"))).isEmpty();
        assertThat(Choices.ofWindow(List.of("--daemon=/run/socket", "gc"))).isEmpty();
        assertThat(Choices.ofWindow(List.of("--daemon="))).isEmpty();
        assertThat(Choices.ofWindow(List.of("--help"))).isEmpty();
    }
}
