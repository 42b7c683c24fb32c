// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Installation;
import dev.cairn.git.TestRepository;
import dev.cairn.testing.DataServiceStub;
import dev.cairn.testing.GuixPackages;
import dev.cairn.testing.debian.SigningKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    void manifestsMayNamePackagesByTheirVariables() throws Exception {
        try (TestRepository repository = new TestRepository(home.resolve("guix.git"));
                DataServiceStub service = DataServiceStub.start()) {
            String commit = repository.commit("master", Map.of("gnu/packages/g.scm", """
                    (define-module (gnu packages g))
                    (define-public my-git (package (name "git") (version "2.49.0")))
                    """));
            service.commit(commit, "2025-06-12 08:00:00", List.of(
                    GuixPackages.simple("git", "2.49.0"), GuixPackages.simple("git", "2.50.0")));
            CommandRuns cairn = new CommandRuns(home, new Installation(Optional.empty()), home);
            String manifest = Files.writeString(home.resolve("manifest.scm"), """
                    (use-modules (gnu packages g))
                    (packages->manifest (list my-git))
                    """).toString();
            cairn.must("channel", "add", "guix", service.address().toString(), "--type=guix");
            cairn.must("pull", "guix");
            assertThat(cairn.run("install", "--dry-run", "-m", manifest)).isEqualTo(ExitCode.FAILURE);
            assertThat(cairn.err()).contains("'my-git' (line 2)", "were not fetched", "cairn pull --modules");
            cairn.must("pull", "--modules=" + repository.url(), "guix");
            assertThat(cairn.run("install", "--dry-run", "-m", manifest)).isEqualTo(ExitCode.FAILURE);
            assertThat(cairn.err()).contains("'git@2.49.0' cannot be fetched: no server of substitutes is known");
        }
    }

    @Test
    void pullTellsTheNewsOfTheChannel() throws Exception {
        try (TestRepository repository = new TestRepository(home.resolve("guix.git"));
                DataServiceStub service = DataServiceStub.start()) {
            Map<String, String> files = Map.of(".guix-channel", "(channel (version 0) (news-file \"news.scm\"))");
            String first = repository.commit("master", files);
            String second = repository.commit("master", Map.of(
                    ".guix-channel", files.get(".guix-channel"),
                    "news.scm", """
                            (channel-news (version 0)
                             (entry (commit "%s") (title (en "New @command{guix} option")) (body (en "Try it.\n\nNow."))))
                            """.formatted(first)));
            service.commit(first, "2025-06-12 08:00:00", List.of(GuixPackages.simple("git", "2.49.0")));
            CommandRuns cairn = new CommandRuns(home, new Installation(Optional.empty()), home);
            cairn.must("channel", "add", "guix", service.address().toString(), "--type=guix");
            cairn.must("pull", "--modules=" + repository.url(), "guix");
            assertThat(cairn.run("pull", "--news")).isEqualTo(ExitCode.FAILURE);
            assertThat(cairn.err()).contains("is not known", "cairn pull --modules");
            service.commit(second, "2025-06-13 08:00:00", List.of(GuixPackages.simple("git", "2.50.0")));
            cairn.must("pull", "--modules=" + repository.url(), "guix");
            assertThat(cairn.err()).contains("new entries in the news of channel 'guix': 1", "cairn pull --news");
            cairn.must("pull", "--news");
            assertThat(cairn.out()).isEqualTo("""
                    News for channel 'guix'
                      New 'guix' option
                        commit %s

                        Try it.

                        Now.

                    """.formatted(first));
            cairn.must("pull", "-N", "--json");
            assertThat(cairn.out()).contains("\"title\":{\"en\":\"New @command{guix} option\"}");
            assertThat(cairn.run("pull", "--news", "--roll-back")).isEqualTo(ExitCode.USAGE);
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

    @Test
    void modulesAreTakenOnlyIfTheirCommitsAreSignedByThoseWhoMay() throws Exception {
        SigningKey key = SigningKey.first();
        try (TestRepository repository = new TestRepository(home.resolve("guix.git"));
                DataServiceStub service = DataServiceStub.start()) {
            Map<String, String> files = Map.of(".guix-authorizations",
                    "(authorizations (version 0) ((\"" + key.fingerprint() + "\")))", "gnu/packages/g.scm", "; empty");
            repository.commit("keyring", Map.of("a.key", new String(key.armouredKeyring(), StandardCharsets.UTF_8)));
            String start = repository.commit("master", files, List.of(), Optional.of(key::sign));
            String good = repository.commit("master", files, List.of(start), Optional.of(key::sign));
            String bad = repository.commit("master", files, List.of(good), Optional.empty());
            service.commit(good, "2025-06-12 08:00:00", List.of(GuixPackages.simple("git", "2.49.0")));
            service.commit(bad, "2025-06-13 08:00:00", List.of(GuixPackages.simple("git", "2.50.0")));
            Path list = Files.writeString(home.resolve("channels.scm"), """
                    (list (channel (name 'guix) (url "%s") (commit "%s")
                      (introduction (make-channel-introduction "%s" (openpgp-fingerprint "%s")))))
                    """.formatted(repository.url(), good, start, key.fingerprint()));
            CommandRuns cairn = new CommandRuns(home, new Installation(Optional.empty()), home);

            cairn.must("channel", "add", "guix", service.address().toString(), "--type=guix", "-C", list.toString());
            cairn.must("pull", "--modules", "guix");
            assertThat(cairn.err()).contains("the modules of commit " + good + " are authentic; commits looked at: 1");
            cairn.must("pull", "-C", list.toString(), "--modules");
            assertThat(cairn.err()).contains("are authentic, as was found out before");

            assertThat(cairn.run("pull", "--commit=" + bad, "--modules")).isNotZero();
            assertThat(cairn.err()).contains("commit " + bad + " is not signed");
            assertThat(home.resolve(".cache/cairn/checkouts")).isDirectoryNotContaining("glob:**/" + bad);
            cairn.must("pull", "--commit=" + bad, "--modules", "--disable-authentication");
            assertThat(cairn.err()).contains("are not authenticated");
            cairn.must("pull", "--commit=" + good, "--modules=" + repository.url());
            assertThat(cairn.err()).contains("are authentic");
            assertThat(cairn.run("pull", "--allow-downgrades")).isEqualTo(ExitCode.USAGE);
            assertThat(cairn.run("pull", "--list-generations", "--modules")).isEqualTo(ExitCode.USAGE);
            assertThat(cairn.err()).contains("--list-generations and --news fetch nothing");
            assertThat(cairn.run("pull", "--roll-back", "--json")).isEqualTo(ExitCode.USAGE);
        }
    }
}
