// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostSystemTest {
    @ParameterizedTest
    @CsvSource({
        "amd64, x86_64-linux",
        "x86, i686-linux",
        "i386, i686-linux",
        "aarch64, aarch64-linux",
        "arm, armhf-linux",
        "ppc64le, powerpc64le-linux",
        "riscv64, riscv64-linux"
    })
    void isNamedAsGuixNamesIt(String machine, String system) {
        assertThat(HostSystem.named(machine)).isEqualTo(system);
    }

    @Test
    void isTheDefaultOfTheSettings() {
        assertThat(StoreSettings.DEFAULT.system()).isEqualTo(HostSystem.name());
    }
}
