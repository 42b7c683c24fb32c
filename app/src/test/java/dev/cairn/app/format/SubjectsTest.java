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

    @ParameterizedTest
    @CsvSource({
        "https://example.org/hello.tar.gz, hello.tar.gz",
        "https://example.org/, https://example.org/",
        "file:///srv/pool/h/hello_1_amd64.deb, hello_1_amd64.deb",
        "http://example.org/dists/stable/InRelease, stable/InRelease",
        "http://example.org/dists/stable/main/binary-amd64/by-hash/SHA256/00ff, stable/main/binary-amd64",
        "/gnu/store/00000000000000000000000000000000-hello-2.1, hello-2.1"
    })
    void namesWhatAddressesEndIn(String subject, String shown) {
        assertThat(Subjects.brief(subject)).isEqualTo(shown);
    }
}
