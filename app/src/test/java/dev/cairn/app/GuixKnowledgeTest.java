// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.channel.guix.source.Knowledge;
import dev.cairn.channel.guix.source.Location;
import dev.cairn.channel.guix.source.PropagatedInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuixKnowledgeTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final Location PLACE = new Location("gnu/packages/tea.scm", 12, 2);

    @TempDir
    private Path folder;

    @Test
    void asksTheGuixOfThisMachineWhereTheModulesAreNotAtHand() throws Exception {
        Path program = Files.createDirectories(folder.resolve("bin")).resolve("guix");
        Files.writeString(program, """
                #!/bin/sh
                [ "$*" = "repl --type=machine" ] || exit 1
                echo '(repl-version 0 1 1)'
                read -r question
                echo '(values (value (("gnu/packages/tea.scm" 12 (("milk" "2" "out")) ()))))'
                cat > /dev/null
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Optional<Path> found = GuixProgram.find(Map.of("PATH", "relative:" + folder.resolve("bin")));
        assertThat(found).contains(program);
        try (GuixKnowledge knowledge = new GuixKnowledge(folder.resolve("cache"), folder, found)) {
            assertThat(knowledge.at(COMMIT).of("tea", "1", PLACE))
                    .isEqualTo(new Knowledge.Known(
                            List.of(new PropagatedInput("milk", Optional.of("2"), "out")), List.of()));
        }
    }

    @Test
    void saysHowTheModulesAreFetchedWhereNobodyKnows() throws Exception {
        assertThat(GuixProgram.find(Map.of("PATH", folder.toString()))).isEmpty();
        try (GuixKnowledge knowledge = new GuixKnowledge(folder.resolve("cache"), folder, Optional.empty())) {
            assertThat(knowledge.at(COMMIT).of("tea", "1", PLACE))
                    .isInstanceOfSatisfying(
                            Knowledge.Unknown.class,
                            unknown -> assertThat(unknown.why()).contains("cairn pull --modules"));
        }
    }
}
