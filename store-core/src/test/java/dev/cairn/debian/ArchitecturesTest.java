// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitecturesTest {
    @ParameterizedTest
    @CsvSource({
        "x86_64-linux, amd64",
        "i686-linux, i386",
        "aarch64-linux, arm64",
        "armhf-linux, armhf",
        "powerpc64le-linux, ppc64el",
        "riscv64-linux, riscv64"
    })
    void areDebiansOwnNames(String system, String architecture) {
        assertThat(Architectures.of(system)).isEqualTo(architecture);
    }
}
