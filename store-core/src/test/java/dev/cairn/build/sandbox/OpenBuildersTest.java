// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenBuildersTest {
    private static final Platform PLATFORM = new Platform(Platform.NO_RANDOMISATION, "", false);

    @TempDir
    private Path folder;

    @Test
    void startsAProgramInASessionOfItsOwn() throws Exception {
        StartedBuilder started =
                start("/bin/sh", "-c", "echo $0 $VARIABLE; pwd; cut -d' ' -f6 /proc/$$/stat; exit 3");
        try (InputStream output = started.output()) {
            assertThat(new String(output.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("sh value\n" + folder.toRealPath() + "\n" + started.pid() + "\n");
        }
        assertThat(started.await(Duration.ofSeconds(20))).isTrue();
        assertThat(started.status()).isEqualTo(new ExitStatus(3, 0));
    }

    @Test
    void endsAProgramAndWhatItStarted() throws Exception {
        StartedBuilder started = start("/bin/sh", "-c", "sleep 3456 & echo ready; sleep 3456");
        try (InputStream output = started.output()) {
            assertThat(output.readNBytes(6)).isEqualTo("ready\n".getBytes(StandardCharsets.UTF_8));
            started.kill();
            assertThat(output.readAllBytes()).isEmpty();
        }
        assertThat(started.await(Duration.ofSeconds(20))).isTrue();
        assertThat(started.status()).isEqualTo(new ExitStatus(0, 9));
        assertThat(started.status().description()).isEqualTo("failed due to signal 9 (Killed)");
    }

    @Test
    void saysAsTheBuilderWhatCannotBeExecuted() throws Exception {
        StartedBuilder started = start("/nowhere/program");
        try (InputStream output = started.output()) {
            assertThat(new String(output.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("while setting up the child process: in phase exec: getting status of "
                            + "`/nowhere/program': No such file or directory\n");
        }
        assertThat(started.await(Duration.ofSeconds(20))).isTrue();
        assertThat(started.status()).isEqualTo(new ExitStatus(1, 0));
    }

    @Test
    void knowsTheMembersOfGroups() throws Exception {
        assertThat(UserGroups.members("there-is-no-such-group")).isEmpty();
        assertThat(UserGroups.members("root")).isPresent();
    }

    private StartedBuilder start(String program, String... arguments) throws Exception {
        return OpenBuilders.start(
                program,
                List.of(arguments),
                new TreeMap<>(Map.of("VARIABLE", "value", "PATH", "/usr/bin:/bin")),
                folder.toRealPath(),
                PLATFORM,
                Optional.empty());
    }
}
