// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.daemon.DaemonException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxCheckTest {
    @Test
    void namesWhatIsMissingAndTheLineThatInstallsIt() {
        DaemonException.SandboxUnavailable missing = SandboxCheck.notInstalled();
        assertThat(missing).hasMessageContaining("bubblewrap").hasMessageContaining("not installed");
        assertThat(missing.hint()).contains("As root: apt install bubblewrap");
    }

    @Test
    void saysWhyBuildersCannotBeIsolatedAndWhatToDo(@TempDir Path folder) throws Exception {
        Path program = Files.writeString(
                folder.resolve("bwrap"), "#!/bin/sh\necho 'bwrap: No permissions to create new namespace'; exit 1\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        DaemonException.SandboxUnavailable refused = catchThrowableOfType(
                DaemonException.SandboxUnavailable.class, () -> Bubblewrap.find(folder.toString()));
        assertThat(refused).hasMessageContaining("No permissions to create new namespace");
        assertThat(refused.hint()).get().asString().containsAnyOf("sysctl -w", "container");
    }

    @Test
    void reportsAProgramThatCannotBeStarted(@TempDir Path folder) throws Exception {
        Path program = Files.writeString(folder.resolve("bwrap"), "#!/nowhere/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        DaemonException.SandboxUnavailable refused = catchThrowableOfType(
                DaemonException.SandboxUnavailable.class, () -> SandboxCheck.requireUsable(program));
        assertThat(refused.hint()).get().asString().contains("bubblewrap");
    }
}
