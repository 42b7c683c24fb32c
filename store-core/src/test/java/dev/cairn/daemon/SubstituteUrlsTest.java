// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubstituteUrlsTest {
    @TempDir
    private Path folder;

    @Test
    void readsAnAddressALine() throws Exception {
        Path file = folder.resolve("substitutes");
        assertThat(SubstituteUrls.read(file)).isEmpty();
        Files.writeString(file, "# ours\n http://a.example # near\n\nhttps://b.example/x?priority=7\r\n");
        assertThat(SubstituteUrls.read(file)).containsExactly("http://a.example", "https://b.example/x?priority=7");
    }

    @Test
    void readsBackWhatItWrote() throws Exception {
        Path file = folder.resolve("etc/substitutes");
        List<String> urls = List.of("https://a.example/?priority=3", "file:///home/j\u00fcrgen/cache");
        SubstituteUrls.write(file, urls);
        assertThat(SubstituteUrls.read(file)).isEqualTo(urls);
    }

    @Test
    void showsNobodyAPassword() {
        for (String wrong : List.of("http://me:pw@a.example", "https://me:p/w@a.example/folder", "https://pw@a.example")) {
            assertThatThrownBy(() -> SubstituteUrls.parse(wrong))
                    .hasMessageContaining("'" + wrong.substring(0, wrong.indexOf(':')) + "://...@a.example")
                    .hasMessageContaining("more than a host and a folder")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("pw", "p/w", "me:"));
        }
    }

    @Test
    void saysWhichLineOfWhichFileIsNoAddress() throws Exception {
        Path file = folder.resolve("substitutes");
        for (String wrong : List.of("https://a.example?x=y", "https://a.example/#f",
                "file://host/folder", "a.example")) {
            Files.writeString(file, "https://good.example\n" + wrong + "\n");
            assertThatThrownBy(() -> SubstituteUrls.read(file))
                    .as(wrong)
                    .isInstanceOf(DaemonException.Refused.class)
                    .hasMessageStartingWith(
                            "'" + wrong + "' in '" + file + "' is no address of a server of substitutes: ");
            assertThatThrownBy(() -> SubstituteUrls.parse("https://good.example " + wrong))
                    .as(wrong)
                    .isInstanceOfSatisfying(DaemonException.Refused.class, refused -> assertThat(refused.hint())
                            .hasValueSatisfying(hint -> assertThat(hint).contains("file:///FOLDER")))
                    .hasMessageStartingWith("'" + wrong + "' is no address of a server of substitutes: ");
            assertThatThrownBy(() -> SubstituteUrls.write(folder.resolve("other"), List.of(wrong)))
                    .isInstanceOf(DaemonException.Refused.class);
        }
        assertThat(folder.resolve("other")).doesNotExist();
    }
}
