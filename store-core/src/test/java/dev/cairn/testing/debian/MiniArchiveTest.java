// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing.debian;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tests make is what Debian's own tools take, where they are installed. */
class MiniArchiveTest {
    @Test
    void dpkgReadsThePackages(@TempDir Path folder) throws Exception {
        for (Packing packing : Packing.values()) {
            DebWriter deb = DebWriter.of("hello", "1:2.10-3")
                    .packing(packing, packing)
                    .program("hello", "#!/bin/sh\necho hello\n")
                    .symlink("usr/bin/hi", "hello")
                    .hardLink("usr/bin/hey", "usr/bin/hello")
                    .conffile("etc/hello.conf", "greeting=hello\n")
                    .script("postinst", "#!/bin/sh\n");
            Path file = deb.write(folder);
            assertThat(run("dpkg-deb", "--field", file.toString(), "Version")).isEqualTo("1:2.10-3\n");
            assertThat(run("dpkg-deb", "--contents", file.toString()))
                    .contains("-rwxr-xr-x root/root")
                    .contains("./usr/bin/hey link to ./usr/bin/hello")
                    .contains("./usr/bin/hi -> hello");
        }
    }

    @Test
    void gpgVerifiesTheReleases(@TempDir Path folder) throws Exception {
        MiniArchive archive = MiniArchive.in(folder);
        archive.suite("bookworm").add("main", DebWriter.of("hello", "2.10-3"));
        archive.write();
        String keyring = archive.keyring().toString();
        run("gpgv", "--keyring", keyring, archive.file("dists/bookworm/InRelease").toString());
        run("gpgv", "--keyring", keyring,
                archive.file("dists/bookworm/Release.gpg").toString(),
                archive.file("dists/bookworm/Release").toString());
        SigningKey subkeyed = SigningKey.with().subkey().make();
        Path other = Files.write(folder.resolve("other.gpg"), subkeyed.keyring());
        archive.suite("bookworm").signedBy(subkeyed);
        archive.write();
        run("gpgv", "--keyring", other.toString(), archive.file("dists/bookworm/InRelease").toString());
    }

    private static String run(String... command) throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin", command[0])), () -> "skipped: there is no " + command[0]);
        Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
