// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OsReleaseTest {
    @Test
    void readsQuotedAndPlainValues() {
        assertThat(OsRelease.read("""
                        # comment
                        PRETTY_NAME="Example \\"OS\\" 12"
                        NAME='Example OS'
                        ID=example
                        VERSION_CODENAME=boulder
                        """))
                .contains(new OsRelease("example", "Example \"OS\" 12", "boulder"));
        assertThat(OsRelease.read("ID=\"x-y\"\n")).contains(new OsRelease("x-y", "x-y", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NAME=x\n", "ID=\n", "ID=../x\n", "ID=Debian\n", "ID=a b\n", "VERSION_ID=12\n"})
    void needsAValidId(String text) {
        assertThat(OsRelease.read(text)).isEmpty();
    }
}
