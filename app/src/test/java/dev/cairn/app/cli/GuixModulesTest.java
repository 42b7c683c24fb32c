// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Installation;
import dev.cairn.git.TestRepository;
import dev.cairn.testing.DataServiceStub;
import dev.cairn.testing.GuixPackages;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A channel of Guix whose modules are in a repository on this machine. */
class GuixModulesTest {
    @TempDir
    private Path home;

    @Test
    void pullFetchesTheModulesOfTheCommitThatIsOnOffer() throws Exception {
        try (TestRepository repository = new TestRepository(home.resolve("guix.git"));
                DataServiceStub service = DataServiceStub.start()) {
            repository.commit("master", Map.of("gnu/packages/g.scm", "(define-module (gnu packages g))\n"));
            String commit = repository.commit("master", Map.of("gnu/packages/g.scm", "; empty\n"));
            service.commit(commit, "2025-06-12 08:00:00", List.of(GuixPackages.simple("git", "2.49.0")));
            CommandRuns cairn = new CommandRuns(home, new Installation(Optional.empty()), home);

            cairn.must("channel", "add", "guix", service.address().toString(), "--type=guix");
            assertThat(cairn.run("describe")).isEqualTo(ExitCode.FAILURE);
            cairn.must("pull", "--modules=" + repository.url(), "guix");

            assertThat(home.resolve(".cache/cairn/checkouts")).isDirectoryRecursivelyContaining("glob:**/" + commit);
            cairn.must("describe");
            assertThat(cairn.out()).isEqualTo("""
                      guix %s
                        repository URL: https://git.guix.gnu.org/guix.git
                        branch: master
                        commit: %s
                    """.formatted(commit.substring(0, 7), commit));
            cairn.must("describe", "-f", "json");
            assertThat(cairn.out()).startsWith("[{\"name\":\"guix\",").contains("\"commit\":\"" + commit + "\"");
        }
    }

    @Test
    void modulesThatCannotBeFetchedAreAFailureWithTheAddress() throws Exception {
        try (DataServiceStub service = DataServiceStub.start()) {
            service.commit("0".repeat(39) + "1", "2025-06-12 08:00:00", List.of(GuixPackages.simple("git", "2.49.0")));
            CommandRuns cairn = new CommandRuns(home, new Installation(Optional.empty()), home);
            cairn.must("channel", "add", "guix", service.address().toString(), "--type=guix");
            assertThat(cairn.run("pull", "--modules=file://" + home.resolve("none"))).isEqualTo(ExitCode.FAILURE);
            assertThat(cairn.err()).contains("fetching from 'file://" + home.resolve("none") + "' failed");
        }
    }
}
