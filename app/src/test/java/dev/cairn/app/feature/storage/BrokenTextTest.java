// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BrokenTextTest {
    @Test
    void breaksWherePartsMeet() {
        assertThat(BrokenText.of("perl-data-dump-1.25", 10, String::length)).containsExactly("perl-data-", "dump-1.25");
        assertThat(BrokenText.of("1,234 small items", 11, String::length)).containsExactly("1,234 small", "items");
        assertThat(BrokenText.of("hello-2.1", 9, String::length)).containsExactly("hello-2.1");
    }

    @Test
    void cutsNothing() {
        assertThat(BrokenText.of("perl-datadumper-1", 9, String::length)).isEmpty();
    }
}
