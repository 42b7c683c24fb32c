// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DaemonAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"/run/daemon/socket", "file:///run/daemon/socket", "unix:///run/daemon/socket"})
    void takesFileNamesOfSockets(String text) throws FormatException {
        assertThat(DaemonAddress.parse(text)).isEqualTo(new DaemonAddress.Local(Path.of("/run/daemon/socket")));
    }

    @Test
    void takesHostsWithGuixsPortUnlessToldOtherwise() throws FormatException {
        assertThat(DaemonAddress.parse("guix://builder.example.org"))
                .isEqualTo(new DaemonAddress.Remote("builder.example.org", 44146));
        assertThat(DaemonAddress.parse("guix://127.0.0.1:1234"))
                .isEqualTo(new DaemonAddress.Remote("127.0.0.1", 1234))
                .hasToString("guix://127.0.0.1:1234");
        assertThat(DaemonAddress.parse("guix://[::1]:1234"))
                .isEqualTo(new DaemonAddress.Remote("::1", 1234))
                .hasToString("guix://[::1]:1234");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "socket", "guix://", "guix://host:0", "guix://host:99999", "http://example.org", "ssh://h"})
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> DaemonAddress.parse(text)).isInstanceOf(FormatException.class);
    }
}
