// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.testing.InMemoryDaemon;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NarCacheTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final List<Packing> PACKINGS = List.of(packing("lzip:6"), packing("zstd:3"));

    @TempDir
    private Path folder = Path.of("/");

    private NarCache cache = new NarCache(Path.of("/"), StoreDirectory.GNU);
    private StorePath item;

    private static Packing packing(String text) {
        try {
            return Packing.parse(text);
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() throws Exception {
        cache = new NarCache(folder, StoreDirectory.GNU);
        item = StoreDirectory.GNU.item("0".repeat(32) + "-item");
    }

    private byte[] narinfo(StorePath path) {
        return ("StorePath: " + path + "\nNarHash: sha256:" + "0".repeat(52) + "\nNarSize: 1\nReferences: \nURL: a\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void add(StorePath path) throws Exception {
        List<Path> written = List.of(cache.newNar(path, PACKINGS.get(0)), cache.newNar(path, PACKINGS.get(1)));
        for (Path file : written) {
            Files.write(file, new byte[] {1});
        }
        cache.add(path, PACKINGS, written, narinfo(path));
    }

    @Test
    void keepsThingsWhereGuixDoes() throws Exception {
        add(item);
        assertThat(folder.resolve("hashes/" + item.hashPart())).hasContent(item.toString());
        for (String method : List.of("lzip", "zstd")) {
            assertThat(folder.resolve(method + "/" + item.baseName() + ".nar")).exists();
            assertThat(folder.resolve(method + "/" + item.baseName() + ".narinfo"))
                    .hasBinaryContent(narinfo(item))
                    .satisfies(file -> assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(2));
            try (var files = Files.list(folder.resolve(method))) {
                assertThat(files).hasSize(2);
            }
        }
        assertThat(cache.item(item.hashPart())).contains(item);
        assertThat(cache.narinfo(item, PACKINGS)).isPresent();
        add(item);
        assertThat(cache.narinfo(item, PACKINGS)).isPresent();
    }

    @Test
    void hasNothingBeforeAllOfItIsThere() throws Exception {
        add(item);
        Files.delete(folder.resolve("zstd/" + item.baseName() + ".nar"));
        assertThat(cache.narinfo(item, PACKINGS)).isEmpty();
        assertThat(cache.narinfo(item, PACKINGS.subList(0, 1))).isPresent();
        add(item);
        Files.delete(folder.resolve("lzip/" + item.baseName() + ".narinfo"));
        assertThat(cache.narinfo(item, PACKINGS)).isEmpty();
    }

    @Test
    void believesNoDamagedFiles() throws Exception {
        add(item);
        StorePath other = StoreDirectory.GNU.item("1".repeat(32) + "-other");
        Path file = folder.resolve("lzip/" + item.baseName() + ".narinfo");
        for (byte[] text : List.of(new byte[0], new byte[] {0}, narinfo(other), new byte[2 << 20])) {
            Files.write(file, text);
            assertThat(cache.narinfo(item, PACKINGS)).isEmpty();
        }
        for (String text : List.of("", "/gnu/store/x", "/etc/passwd", "x".repeat(10_000))) {
            Files.writeString(folder.resolve("hashes/" + item.hashPart()), text);
            assertThat(cache.item(item.hashPart())).isEmpty();
        }
    }

    @Test
    void losesWhatTheStoreLostAndNobodyAskedFor() throws Exception {
        InMemoryDaemon daemon = new InMemoryDaemon(Files.createDirectory(folder.resolve("store")));
        StorePath valid = daemon.addText("valid", new byte[] {1}, List.of());
        StorePath asked = StoreDirectory.GNU.item("1".repeat(32) + "-asked");
        for (StorePath path : List.of(item, valid, asked)) {
            add(path);
            age(path, NOW.minus(Duration.ofDays(11)));
        }
        for (Packing packing : PACKINGS) {
            age(cache.narinfoFile(asked, packing), NOW.minus(Duration.ofDays(9)));
        }
        long own = ProcessHandle.current().pid();
        Path dead = Files.createFile(folder.resolve("zstd/x.nar.tmp-999999999-0a"));
        Path alive = Files.createFile(folder.resolve("zstd/x.nar.tmp-" + own + "-0b"));
        age(alive, NOW);
        CacheCleaning cleaning = new CacheCleaning(cache, daemon, Duration.ofDays(10));
        cleaning.sweep(NOW);
        assertThat(dead).doesNotExist();
        assertThat(alive).exists();
        Files.createFile(dead);
        assertThat(cleaning.cleanIfDue(NOW)).isEqualTo(3);
        assertThat(dead).doesNotExist();
        assertThat(alive).exists();
        assertThat(cache.narinfo(item, PACKINGS)).isEmpty();
        assertThat(folder.resolve("hashes/" + item.hashPart())).doesNotExist();
        assertThat(cache.narinfo(valid, PACKINGS)).isPresent();
        assertThat(cache.narinfo(asked, PACKINGS)).isPresent();
        assertThat(folder.resolve("last-expiry-cleanup")).hasContent(Long.toString(NOW.getEpochSecond()));

        age(asked, NOW.minus(Duration.ofDays(11)));
        assertThat(cleaning.cleanIfDue(NOW.plus(Duration.ofHours(23)))).isZero();
        assertThat(cleaning.cleanIfDue(NOW.plus(Duration.ofHours(25)))).isPositive();
        assertThat(cache.narinfo(asked, PACKINGS)).isEmpty();
        daemon.close();
    }

    private void age(StorePath path, Instant time) throws Exception {
        for (Packing packing : PACKINGS) {
            age(cache.narFile(path, packing), time);
            age(cache.narinfoFile(path, packing), time);
        }
    }

    private static void age(Path file, Instant time) throws Exception {
        Files.getFileAttributeView(file, BasicFileAttributeView.class)
                .setTimes(FileTime.from(time), FileTime.from(time), null);
    }

    @Test
    void remembersWhenItWasAskedFor() throws Exception {
        add(item);
        Path file = cache.narinfoFile(item, PACKINGS.getFirst());
        age(file, NOW);
        NarCache.touch(file);
        assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(NOW);
        FileTime used = (FileTime) Files.getAttribute(file, "lastAccessTime");
        assertThat(used.toInstant()).isAfter(Instant.now().minusSeconds(60));
        NarCache.touch(folder.resolve("none"));
    }

    @Test
    void packsAsItIsTold() throws Exception {
        assertThat(Packing.parse("gzip")).isEqualTo(Packing.DEFAULT);
        assertThat(Packing.parse("9").level()).isEqualTo(9);
        assertThat(Packing.parse("0")).isEqualTo(Packing.NONE);
        assertThat(Packing.parse("none:0")).isEqualTo(Packing.NONE);
        assertThat(Packing.parse("lzip:0")).isEqualTo(Packing.NONE);
        for (String text : List.of("", "xz", "bzip2:3", "gzip:10", "zstd:20", "gzip:", "gzip:x", "gzip:-1", "10")) {
            assertThatThrownBy(() -> Packing.parse(text))
                    .as(text)
                    .isInstanceOf(FormatException.class);
        }
    }
}
