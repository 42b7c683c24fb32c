// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.narinfo.ServerAddress;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NarinfoCacheTest {
    private static final SubstituteServer SERVER =
            new SubstituteServer(new ServerAddress("https://ci.guix.gnu.org", 50));

    /** Computed with Python: base64.b32encode of the SHA-256 of the address. */
    private static final String NAME = "4refhwxbjmeua2kwg2nmzhv4dg4d3dorpjefq7kiciw2pfhaf26a";

    private static final String TEXT = "StorePath: /gnu/store/x\nA: \"b\" \\ é\n";

    @TempDir
    private Path folder;

    private Instant now = Instant.ofEpochSecond(1_700_000_000);
    private NarinfoCache cache;
    private StorePath path;

    @AfterEach
    void end() {
        cache.close();
    }

    @BeforeEach
    void open() throws Exception {
        cache = new NarinfoCache(folder.resolve("cache"), () -> now);
        path = StoreDirectory.GNU.item("lnqjid21cvqw4c4kh7xnj2ikp2d0qfnb-hello.txt");
    }

    /** Has everything written, and looks at the files from then on. */
    private void settle() {
        cache.close();
        cache = new NarinfoCache(folder.resolve("cache"), () -> now);
    }

    private Path file() {
        return folder.resolve("cache").resolve(NAME).resolve(path.hashPart());
    }

    @Test
    void givesBackWhatWasKept() throws Exception {
        assertThat(cache.read(SERVER, path)).isEmpty();
        cache.write(SERVER, path, Optional.of(octets(TEXT)), Duration.ofHours(1));
        settle();
        assertThat(cache.read(SERVER, path).orElseThrow().text().orElseThrow()).isEqualTo(octets(TEXT));
        cache.write(SERVER, path, Optional.empty(), Duration.ofHours(1));
        settle();
        assertThat(cache.read(SERVER, path).orElseThrow().text()).isEmpty();
        try (var files = Files.list(file().getParent())) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void knowsWhatIsStillToBeWritten() {
        for (int i = 0; i < 100; i++) {
            Optional<byte[]> text = Optional.of(octets("number " + i));
            cache.write(SERVER, path, text, Duration.ofHours(1));
            assertThat(cache.read(SERVER, path).orElseThrow().text().orElseThrow()).isEqualTo(text.get());
        }
    }

    @Test
    void writesAndReadsGuixsOwnFiles() throws Exception {
        cache.write(SERVER, path, Optional.of(octets("A: \"b\"\n")), Duration.ofHours(1));
        settle();
        assertThat(file()).hasContent("(narinfo (version 2) (cache-uri \"https://ci.guix.gnu.org\") (date 1700000000)"
                + " (ttl 3600) (value \"A: \\\"b\\\"\\n\"))");
        Files.writeString(file(), "(narinfo (version 2)\n         (cache-uri \"https://ci.guix.gnu.org\")\n"
                + "         (date 1699999999)\n         (ttl 129600)\n         (value \"A: b\nC: d\\n\"))\n");
        assertThat(cache.read(SERVER, path).orElseThrow().text().orElseThrow()).isEqualTo(octets("A: b\nC: d\n"));
    }

    @Test
    void forgetsInTime() {
        cache.write(SERVER, path, Optional.empty(), Duration.ofMinutes(2));
        settle();
        now = now.plusSeconds(119);
        assertThat(cache.read(SERVER, path)).isPresent();
        now = now.plusSeconds(1);
        assertThat(cache.read(SERVER, path)).isEmpty();
        cache.write(SERVER, path, Optional.empty(), Duration.ofDays(100));
        settle();
        now = now.plus(Duration.ofDays(2));
        assertThat(cache.read(SERVER, path)).isEmpty();
        cache.write(SERVER, path, Optional.empty(), Duration.ofDays(1));
        settle();
        now = now.minusSeconds(10);
        assertThat(cache.read(SERVER, path)).as("written in what is now the future").isEmpty();
    }

    @Test
    void readsNothingElseAndReplacesIt() throws Exception {
        cache.write(SERVER, path, Optional.of(octets(TEXT)), Duration.ofHours(1));
        settle();
        String good = Files.readString(file());
        List<String> others = List.of(
                "",
                "(",
                "(narinfo)",
                "#f",
                "x".repeat(5 << 20),
                good.replace("version 2", "version 1"),
                good.replace("ci.guix", "cii.guix"),
                good.replace("(date 1700000000)", "(date \"1700000000\")"),
                good.replace("ttl 3600", "ttl -3600"),
                good.replace("ttl 3600", "ttl 99999999999999999999999999"),
                good.replace("(ttl 3600) ", ""),
                good.replaceFirst("\\(value .*\\)\\)$", "(value #t))"),
                good.replaceFirst("\\(value .*\\)\\)$", "(value (\"a\")))"),
                good.replaceFirst("^\\(narinfo", "(nar"));
        for (String other : others) {
            Files.writeString(file(), other);
            assertThat(cache.read(SERVER, path)).as(other.substring(0, Math.min(99, other.length()))).isEmpty();
        }
        Files.write(file(), new byte[] {'(', (byte) 0xff, ')'});
        assertThat(cache.read(SERVER, path)).isEmpty();
        cache.write(SERVER, path, Optional.of(octets(TEXT)), Duration.ofHours(1));
        settle();
        assertThat(cache.read(SERVER, path)).isPresent();
    }

    @Test
    void doesWithoutAFolderThatItMayNotWrite() throws Exception {
        Files.writeString(folder.resolve("cache"), "no folder");
        cache.write(SERVER, path, Optional.of(octets(TEXT)), Duration.ofHours(1));
        settle();
        assertThat(cache.read(SERVER, path)).isEmpty();
        cache.clean();
    }

    @Test
    void cleansUpNowAndThen() throws Exception {
        cache.write(SERVER, path, Optional.of(octets(TEXT)), Duration.ofHours(1));
        settle();
        Path old = file().resolveSibling("0".repeat(32));
        Files.writeString(old, "old");
        Files.setLastModifiedTime(file(), FileTime.from(now));
        Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofDays(3))));
        cache.clean();
        assertThat(old).doesNotExist();
        assertThat(file()).exists();
        now = now.plus(Duration.ofHours(23));
        Files.setLastModifiedTime(file(), FileTime.from(now.minus(Duration.ofDays(3))));
        cache.clean();
        assertThat(file()).as("it was cleaned lately").exists();
        now = now.plus(Duration.ofHours(2));
        cache.clean();
        assertThat(file()).doesNotExist();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
