// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.narinfo.Compression;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.path.StoreDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SubstituteServerTest {
    @Test
    void knowsWhereThingsAre() throws Exception {
        SubstituteServer server = SubstituteServer.parse("https://cache.example/sub");
        assertThat(server.narinfo(StoreDirectory.GNU.item("lnqjid21cvqw4c4kh7xnj2ikp2d0qfnb-hello.txt")))
                .hasToString("https://cache.example/sub/lnqjid21cvqw4c4kh7xnj2ikp2d0qfnb.narinfo");
        assertThat(SubstituteServer.parse("http://cache.example/").info())
                .hasToString("http://cache.example/nix-cache-info");
        assertThat(server.folder()).isEmpty();
        assertThat(SubstituteServer.parse("file:///var/cache").folder()).contains(Path.of("/var/cache"));
    }

    @Test
    void pointsOnlyToPlacesOfItsOwnKind() throws Exception {
        SubstituteServer far = SubstituteServer.parse("https://cache.example/sub");
        assertThat(far.nar(nar("nar/x"))).hasToString("https://cache.example/sub/nar/x");
        assertThat(far.nar(nar("http://other.example/x"))).hasToString("http://other.example/x");
        SubstituteServer near = SubstituteServer.parse("file:///var/cache");
        assertThat(near.nar(nar("nar/a%20b"))).hasToString("file:///var/cache/nar/a%20b");
        assertThat(near.nar(nar("file:///var/cache/y"))).hasToString("file:///var/cache/y");
        for (String url : List.of("file:///etc/passwd", "ftp://x/y", "jar:http://x/y", "http:x", "http://[/x", "%zz")) {
            assertThatThrownBy(() -> far.nar(nar(url))).as(url).isInstanceOf(FormatException.class);
        }
        for (String url : List.of("../secret", "nar/../../x", "http://other.example/x", "file:///var/cachet/x")) {
            assertThatThrownBy(() -> near.nar(nar(url))).as(url).isInstanceOf(FormatException.class);
        }
    }

    private static NarChoice nar(String url) {
        return new NarChoice(url, Compression.NONE, OptionalLong.empty(), Optional.empty());
    }
}
