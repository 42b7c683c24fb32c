// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code cairn hash} prints what {@code guix hash} prints; the values are from nix-hash 2.8. */
class HashTest extends HomeTest {
    @Test
    void hashesFiles() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "hello\n");

        assertThat(cairn.run("hash", file.toString()).out())
                .isEqualTo("00xyyr3fi8l6hb839bv3f7yb86yjv7xi1cgh1xnhipym4asvb4aq\n");
        assertThat(cairn.run("hash", "-f", "hex", "-H", "sha512", "file").out().strip()).hasSize(128);
        assertThat(cairn.runWithInput("hello\n", "hash", "-").out())
                .isEqualTo("00xyyr3fi8l6hb839bv3f7yb86yjv7xi1cgh1xnhipym4asvb4aq\n");
        assertThat(cairn.run("hash", "--format=hex", "file").out())
                .isEqualTo("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03\n");
        assertThat(cairn.run("hash", "-f", "base64", "file").out())
                .isEqualTo("WJG1tSLV3whtD/CxEPvZ0hu0/HFjrzTQgoai6Eb2vgM=\n");
        assertThat(cairn.run("hash", "-f", "base32", "file").out())
                .isEqualTo("lci3lnjc2xpqq3ip6cyrb66z2in3j7drmoxtjuecq2roqrxwxybq\n");
    }

    @Test
    void hashesTrees() throws IOException {
        Path tree = Files.createDirectories(home.resolve("tree/folder")).getParent();
        Files.writeString(tree.resolve("folder/file"), "hello\n");
        Files.writeString(tree.resolve("script"), "#!/bin/sh\n").toFile().setExecutable(true);
        Files.createSymbolicLink(tree.resolve("link"), Path.of("folder/file"));

        assertThat(cairn.run("hash", "-r", tree.toString()).out())
                .isEqualTo("1rwp724nflqkfbag2i2sm3y23h142mkbb745vzg8xiwspn1a7ry5\n");
        assertThat(cairn.run("hash", "--recursive", "tree/folder/file").out())
                .isEqualTo("04zwf782yjwnh3q6hz5izfd6jyip8kgw6g6yj43fiqhbyhdd0dqw\n");
    }
}
