// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerAddressTest {
    @Test
    void takesServersAndFolders() throws Exception {
        List<String> addresses = List.of(
                "https://cache.example",
                "https://cache.example/",
                "HTTP://Cache.example:8080/a/b%20c",
                "http://localhost:1",
                "http://a-b.c1.example./x",
                "http://127.0.0.1:65535",
                "http://[::1]:80/x",
                "http://[2001:db8::7]",
                "http://[1:2:3:4:5:6:7:8]/~x",
                "file:///var/cache",
                "file:/var/cache/",
                "file:///home/j\u00fcrgen/cache");
        for (String address : addresses) {
            assertThat(ServerAddress.parse(address)).isEqualTo(new ServerAddress(address, 50));
            URI uri = new URI(ServerAddress.parse(address).file("nix-cache-info"));
            assertThat(uri.getPath()).as(address).endsWith("/nix-cache-info").doesNotEndWith("//nix-cache-info");
            assertThat(uri.getScheme().equals("file") || uri.getHost() != null).as(address).isTrue();
        }
    }

    @Test
    void takesPrioritiesAsNixDoes() throws Exception {
        assertThat(ServerAddress.parse("https://cache.example?priority=7"))
                .isEqualTo(new ServerAddress("https://cache.example", 7));
        assertThat(ServerAddress.parse("https://cache.example/?priority=7").file("x"))
                .isEqualTo("https://cache.example/x");
        assertThat(ServerAddress.parse("file:///cache?priority=0").isFolder()).isTrue();
        assertThatThrownBy(() -> ServerAddress.parse("https://cache.example?priority=-7"))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void saysWhatIsWrongWithOthers() {
        Map<String, String> problems = Map.ofEntries(
                Map.entry("", "does not start with"),
                Map.entry("cache.example", "does not start with"),
                Map.entry("ftp://cache.example", "does not start with"),
                Map.entry("http:///folder", "names no host"),
                Map.entry("http:folder", "names no host"),
                Map.entry("http://:80", "names no host"),
                Map.entry("http://name:password@cache.example", "more than a host"),
                Map.entry("https://cache.example?trusted=1", "more than a host"),
                Map.entry("https://cache.example/#a", "more than a host"),
                Map.entry("https://cache.example#a", "more than a host"),
                Map.entry("https://cache example", "'cache example' is no host"),
                Map.entry("https://cache.example:0", "is no host"),
                Map.entry("https://cache.example:65536", "is no host"),
                Map.entry("https://cache_1.example", "is no host"),
                Map.entry("https://-a.example", "is no host"),
                Map.entry("https://a-.example", "is no host"),
                Map.entry("https://256.1.1.1", "is no host"),
                Map.entry("https://1.2.3", "is no host"),
                Map.entry("https://[1::2::3]", "is no host"),
                Map.entry("https://[1:2:3]", "is no host"),
                Map.entry("https://[12345::]", "is no host"),
                Map.entry("https://a.example/b c", "%XX"),
                Map.entry("https://a.example/%zz", "%XX"),
                Map.entry("https://a.example/" + "x".repeat(2000), "longer than 2000"),
                Map.entry("https://" + "a".repeat(60) + (".b".repeat(120)), "is no host"),
                Map.entry("file:folder", "file:///FOLDER"),
                Map.entry("file://host/folder", "file:///FOLDER"),
                Map.entry("file:///folder?x", "file:///FOLDER"),
                Map.entry("file:///a%00b", "file:///FOLDER"),
                Map.entry("file:///a\u00a0b", "file:///FOLDER"),
                Map.entry("file:///a\nb", "does not start with"));
        problems.forEach((address, problem) -> assertThatThrownBy(() -> ServerAddress.parse(address))
                .as(address)
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(problem));
    }
}
