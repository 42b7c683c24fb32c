// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures that GnuPG makes, and those on lists of packages that this machine has. */
class GnuPgTest {
    private static final String TEXT = "- a dash\nFrom here\ntrailing \t\n\n\u00e4\u00f6\n";

    @TempDir
    private Path home;

    @BeforeEach
    void needsGnuPg() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/gpg")), "skipped: there is no gpg");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterEach
    void stopAgent() throws Exception {
        if (Files.isExecutable(Path.of("/usr/bin/gpgconf"))) {
            new ProcessBuilder("gpgconf", "--homedir", home.toString(), "--kill", "all").start().waitFor();
        }
    }

    @Test
    void verifiesWhatGnuPgSigns() throws Exception {
        Path text = Files.writeString(home.resolve("text"), TEXT);
        for (String kind : List.of("ed25519", "rsa2048", "nistp256", "rsa1024")) {
            String user = kind + "@example.org";
            gpg("--quick-generate-key", user, kind, "sign", "never");
            Keyring keyring = Keyring.read(gpg("--export", user));
            Keyring armoured = Keyring.read(gpg("--armor", "--export", user));
            assertThat(armoured.fingerprints()).isEqualTo(keyring.fingerprints());
            byte[] inline = gpg("--local-user", user, "--output", "-", "--clear-sign", text.toString());
            byte[] detached = gpg("--local-user", user, "--output", "-", "--detach-sign", text.toString());
            byte[] armouredText = gpg(
                    "--local-user", user, "--output", "-", "--armor", "--textmode", "--detach-sign", text.toString());
            SignatureCheck check = new SignatureCheck(keyring, List.of(), Instant.now().plusSeconds(2));
            if (kind.equals("rsa1024")) {
                assertThatThrownBy(() -> check.inline(inline)).hasMessageContaining("RSA with 1024 bits");
                continue;
            }
            assertThat(check.inline(inline).text()).asString(UTF_8).isEqualTo(TEXT.replace(" \t", ""));
            assertThat(check.detached(TEXT.getBytes(UTF_8), detached).signers().getFirst().primary())
                    .isEqualTo(keyring.fingerprints().getFirst());
            assertThat(check.detached(TEXT.getBytes(UTF_8), armouredText).signers()).hasSize(1);
        }
    }

    @Test
    void readsTheKeyringsOfThisMachine() throws Exception {
        List<Path> keyrings = list(Path.of("/usr/share/keyrings"), ".gpg");
        Assumptions.assumeFalse(keyrings.isEmpty(), "skipped: there are no keyrings in /usr/share/keyrings");
        for (Path file : keyrings) {
            Keyring keyring = Keyring.read(Files.readAllBytes(file));
            String listed = new String(gpg("--with-colons", "--show-keys", file.toString()), UTF_8);
            List<String> expected = new ArrayList<>();
            boolean primary = false;
            for (String line : listed.lines().toList()) {
                if (line.startsWith("fpr:") && primary) {
                    expected.add(line.split(":")[9]);
                    primary = false;
                }
                primary |= line.startsWith("pub:");
            }
            assertThat(keyring.fingerprints()).as(file.toString()).isEqualTo(expected);
        }
    }

    @Test
    void verifiesTheListsOfPackagesOfThisMachine() throws Exception {
        List<Path> releases = list(Path.of("/var/lib/apt/lists"), "InRelease");
        Assumptions.assumeFalse(releases.isEmpty(), "skipped: this machine has no lists in /var/lib/apt/lists");
        Keyring keyring = Keyring.EMPTY;
        for (Path folder : List.of(Path.of("/usr/share/keyrings"), Path.of("/etc/apt/trusted.gpg.d"))) {
            for (String suffix : List.of(".gpg", ".asc")) {
                for (Path file : list(folder, suffix)) {
                    keyring = keyring.and(Keyring.read(Files.readAllBytes(file)));
                }
            }
        }
        SignatureCheck check = new SignatureCheck(keyring, List.of(), Instant.now());
        for (Path release : releases) {
            assertThat(check.inline(Files.readAllBytes(release)).signers()).as(release.toString()).isNotEmpty();
        }
    }

    private static List<Path> list(Path folder, String suffix) throws Exception {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        }
    }

    private byte[] gpg(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("gpg", "--homedir", home.toString(), "--batch", "--quiet", "--passphrase", ""));
        command.addAll(List.of(arguments));
        Path errors = home.resolve("errors");
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return output;
    }
}
