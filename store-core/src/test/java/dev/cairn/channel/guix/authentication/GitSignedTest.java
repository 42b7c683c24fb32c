// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.channel.guix.definition.Fingerprint;
import dev.cairn.channel.guix.definition.Introduction;
import dev.cairn.git.GitCache;
import dev.cairn.git.GitHistories;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A channel whose commits git itself makes and GnuPG signs. */
class GitSignedTest {
    @TempDir
    private Path home;

    @AfterEach
    void stopAgent() throws Exception {
        if (Files.isExecutable(Path.of("/usr/bin/gpgconf"))) {
            run("gpgconf", "--kill", "all");
        }
    }

    @Test
    void acceptsWhatGitSigns() throws Exception {
        for (String program : List.of("git", "gpg")) {
            Assumptions.assumeTrue(
                    Files.isExecutable(Path.of("/usr/bin", program)), "skipped: there is no " + program);
        }
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        String alice = key("alice", "ed25519");
        String bob = key("bob", "rsa2048");
        git("init", "-q", "-b", "master");
        git("checkout", "-q", "--orphan", "keyring");
        Files.writeString(home.resolve("alice.key"), run("gpg", "--armor", "--export", "alice"));
        Files.writeString(home.resolve("bob.key"), run("gpg", "--armor", "--export", "bob"));
        git("add", "alice.key", "bob.key");
        git("commit", "-q", "-m", "keys");
        git("checkout", "-q", "--orphan", "master");
        git("rm", "-q", "-f", "alice.key", "bob.key");
        Files.writeString(home.resolve(".guix-authorizations"), """
                (authorizations (version 0) (("%s" (name "alice")) ("%s" (name "bob"))))
                """.formatted(alice, bob));
        git("add", ".guix-authorizations");
        String start = commit("alice", "start");
        commit("bob", "next");
        git("checkout", "-q", "-b", "side", start);
        commit("alice", "side");
        git("checkout", "-q", "master");
        git("merge", "-q", "--no-ff", "-Salice", "-m", "merge", "side");
        String merged = git("rev-parse", "HEAD").strip();
        ChannelAuthenticator authenticator = new ChannelAuthenticator(
                new GitHistories(home.resolve("histories"), GitCache.Limits.USUAL), home.resolve("records"));
        Introduction introduction = new Introduction(start, new Fingerprint(alice));
        assertThat(authenticator.authenticate(question(introduction, merged), _ -> {})).isEqualTo(3);
        git("commit", "-q", "--allow-empty", "-m", "unsigned");
        String unsigned = git("rev-parse", "HEAD").strip();
        assertThatThrownBy(() -> authenticator.authenticate(question(introduction, unsigned), _ -> {}))
                .isInstanceOf(AuthenticationException.Unsigned.class);
    }

    private ChannelAuthenticator.Question question(Introduction introduction, String commit) {
        return new ChannelAuthenticator.Question("mine", "file://" + home, introduction, commit, false);
    }

    private String commit(String signer, String message) throws Exception {
        git("commit", "-q", "--allow-empty", "-S" + signer, "-m", message);
        return git("rev-parse", "HEAD").strip();
    }

    private String key(String user, String kind) throws Exception {
        run("gpg", "--quick-generate-key", user, kind, "sign", "never");
        return run("gpg", "--with-colons", "--fingerprint", user).lines()
                .filter(line -> line.startsWith("fpr:"))
                .findFirst().orElseThrow().split(":")[9];
    }

    private String git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=X", "-c", "user.email=x@example.org"));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private String run(String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of(command));
        if (words.getFirst().equals("gpg")) {
            words.addAll(1, List.of("--batch", "--quiet", "--passphrase", "", "--pinentry-mode", "loopback"));
        }
        ProcessBuilder builder = new ProcessBuilder(words).directory(home.toFile());
        builder.environment().putAll(Map.of(
                "GNUPGHOME", home.toString(), "HOME", home.toString(), "GIT_CONFIG_NOSYSTEM", "1"));
        Path errors = home.resolve("errors");
        Process process = builder.redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(words + ": " + Files.readString(errors)).isZero();
        return out;
    }
}
