// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.bridge.client.DaemonAddress;
import dev.cairn.error.FormatException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DaemonPlaceTest {
    @Test
    void takesTheRootFromTheAddress() throws Exception {
        DaemonPlace place = DaemonPlace.parse("unix:///run/socket?root=/home/user/nix/");
        assertThat(place.address()).isEqualTo(new DaemonAddress.Local(Path.of("/run/socket")));
        assertThat(place.root()).contains(Path.of("/home/user/nix"));
        assertThat(DaemonPlace.parse("/run/socket").root()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/run/socket?root=", "/run/socket?root=nix", "guix://localhost?root=/nix", "socket?root=/nix"})
    void refusesWhatIsNoRootOfASocket(String text) {
        assertThatThrownBy(() -> DaemonPlace.parse(text)).isInstanceOf(FormatException.class);
    }

    @Test
    void seesTheRootInTheUsualNameOfASocket() throws Exception {
        assertThat(DaemonPlace.parse("/home/user/root/var/guix/daemon-socket/socket").rootOfSocket("/var/guix"))
                .contains(Path.of("/home/user/root"));
        assertThat(DaemonPlace.parse("/var/guix/daemon-socket/socket").rootOfSocket("/var/guix")).isEmpty();
        assertThat(DaemonPlace.parse("/run/socket").rootOfSocket("/var/guix")).isEmpty();
        assertThat(DaemonPlace.parse("guix://localhost").rootOfSocket("/var/guix")).isEmpty();
    }
}
