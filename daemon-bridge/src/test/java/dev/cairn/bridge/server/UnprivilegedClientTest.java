// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that the system says is an ordinary user, which only the superuser can arrange. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnprivilegedClientTest {
    /** Greets, asks for the store to be repaired, and prints the text of the answer. */
    private static final String CLIENT = """
            use IO::Socket::UNIX;
            my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die "connect: $!";
            $s->syswrite(pack("Q<", 0x6e697863));
            read_all(16);
            $s->syswrite(pack("Q<*", 0x164, 0, 1));
            read_all(8);
            $s->syswrite(pack("Q<*", 35, 0, 1));
            read_all(8);
            my $length = unpack("Q<", read_all(8));
            print read_all($length);
            sub read_all {
                my ($count) = @_;
                my $all = "";
                while (length $all < $count) {
                    $s->sysread($all, $count - length $all, length $all) or die "end of file";
                }
                return $all;
            }
            """;

    @TempDir
    private Path root;

    @Test
    void isNotTrusted() throws Exception {
        Assumptions.assumeTrue(
                Files.getOwner(Path.of("/proc/self")).getName().equals("root")
                        && Files.isExecutable(Path.of("/usr/bin/setpriv"))
                        && Files.isExecutable(Path.of("/usr/bin/perl")),
                "skipped: only the superuser can become somebody else, with setpriv and perl");
        try (TestServer server = new TestServer(root)) {
            Files.setPosixFilePermissions(
                    server.socket.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
            Process client = new ProcessBuilder(List.of(
                            "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
                            "/usr/bin/perl", "-e", CLIENT, server.socket.toString()))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(client.waitFor()).as(said).isZero();
            assertThat(said).isEqualTo("you are not privileged to repair paths");
            assertThat(server.layout.profiles().resolve("per-user/nobody")).isDirectory();
            assertThat(Files.getOwner(server.layout.profiles().resolve("per-user/nobody")).getName())
                    .isEqualTo("nobody");
        }
    }
}
