// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectsTest {
    @ParameterizedTest
    @CsvSource({
        "/gnu/store/00000000000000000000000000000000-hello-2.1.drv, hello-2.1",
        "/nix/store/00000000000000000000000000000000-hello-2.1, hello-2.1",
        "/gnu/store, /gnu/store",
        "https://example.org/hello.tar.gz, https://example.org/hello.tar.gz",
        "cairn, cairn",
        "/, /"
    })
    void namesItemsWithoutFolderAndHash(String subject, String shown) {
        assertThat(Subjects.shortened(subject)).isEqualTo(shown);
    }
}
