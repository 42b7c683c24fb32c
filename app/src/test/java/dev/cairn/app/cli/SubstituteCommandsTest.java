// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Installation;
import dev.cairn.testing.CacheServer;
import dev.cairn.testing.Namespaces;
import dev.cairn.testing.SharedData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line on a cache that the real {@code guix publish} wrote and signed. */
class SubstituteCommandsTest {
    private static final String SUITE = "/gnu/store/5z0r1lmvmnil1f1fqgqfywxcy69kmn94-suite-2026";
    private static final String HELLO = "/gnu/store/8wfj0rk77ci8fw5xv6l7c03pl7hcqshx-hello-2.12";
    private static final String FORTUNE = "/gnu/store/f0ksf6j325yjg525m69h1az5yxindjyd-fortune-3.1";

    @TempDir
    private Path home = Path.of("/");

    private CommandRuns cairn = new CommandRuns(home, new Installation(Optional.empty()), home);
    private CacheServer server;
    private Path root;

    @BeforeEach
    void begin() throws Exception {
        Path cache = SharedData.require("data/guix-cache");
        server = CacheServer.serving(cache);
        cairn = new CommandRuns(home, new Installation(Optional.empty()), home);
        root = home.resolve(".local/share/cairn");
        Path acl = Files.createDirectories(root.resolve("etc/guix")).resolve("acl");
        Files.writeString(
                acl,
                "(acl (entry " + Files.readString(cache.resolve("signing-key.pub"))
                        + " (tag (guix import))))\n");
    }

    @AfterEach
    void end() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void fetchesAnItemAndAllThatItNeeds() throws Exception {
        cairn.must("build", SUITE, "--dry-run", "--substitute-urls=" + server.url());
        assertThat(cairn.out()).contains(SUITE, HELLO);
        assertThat(Files.exists(root.resolve(SUITE.substring(1)))).isFalse();
        cairn.must("build", SUITE, "--substitute-urls=" + server.url());
        assertThat(cairn.out()).isEqualTo(SUITE + "\n");
        assertThat(cairn.err()).contains("fetching suite-2026", "fetching busybox-1.35.0");
        cairn.must("gc", "-R", SUITE);
        assertThat(cairn.out().lines()).hasSize(21);
        cairn.must("verify", "--contents");
    }

    @Test
    void installsItemsFromTheServersThatTheStoreKnows() throws Exception {
        Namespaces.assumeUsable();
        Path list = Files.createDirectories(root.resolve("etc/cairn")).resolve("substitutes");
        Files.writeString(list, "# ours\n" + server.url() + "  # nearby\n");
        cairn.must("install", HELLO, FORTUNE);
        cairn.must("list");
        assertThat(cairn.out()).contains("hello", "2.12", "fortune", "3.1");
        assertThat(run("hello")).isEqualTo("Hello, world!");
        assertThat(run("fortune")).isNotBlank();
        Files.writeString(list, "gopher://example.org\n");
        assertThat(cairn.run("install", SUITE)).isEqualTo(ExitCode.FAILURE);
        assertThat(cairn.err()).contains("'gopher://example.org' in '", "is no address of a server", list.toString());
    }

    @Test
    void saysWhyNothingIsFetchedAndWhatToDo() {
        assertThat(cairn.run("build", SUITE)).isEqualTo(ExitCode.FAILURE);
        assertThat(cairn.err()).contains("no server of substitutes is known", "hint: ", "--substitute-urls");
        assertThat(cairn.run("build", SUITE, "--no-substitutes", "--substitute-urls=" + server.url()))
                .isEqualTo(ExitCode.FAILURE);
        String missing = "/gnu/store/" + "0".repeat(32) + "-nothing";
        assertThat(cairn.run("build", missing, "--substitute-urls=" + server.url())).isEqualTo(ExitCode.FAILURE);
        assertThat(cairn.err()).contains(missing, server.url());
        assertThat(cairn.run("build", SUITE, "--substitute-urls=example.org")).isEqualTo(ExitCode.FAILURE);
        assertThat(cairn.err()).contains("'example.org' is no address of a server");
        server.when("narinfo", _ -> CacheServer.Reply.of(500, "no"));
        assertThat(cairn.run("build", SUITE, "--substitute-urls=" + server.url())).isEqualTo(ExitCode.FAILURE);
        assertThat(cairn.err()).contains("500");
    }

    @Test
    void showsWhoseKeyIsMissing() throws Exception {
        Files.delete(root.resolve("etc/guix/acl"));
        assertThat(cairn.run("build", SUITE, "--substitute-urls=" + server.url())).isEqualTo(ExitCode.FAILURE);
        assertThat(cairn.err()).contains(server.url(), "archive --authorize");
        assertThat(Files.exists(root.resolve(SUITE.substring(1)))).isFalse();
    }

    private String run(String program) throws Exception {
        Process process = new ProcessBuilder(root.resolve("bin").resolve(program).toString()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
