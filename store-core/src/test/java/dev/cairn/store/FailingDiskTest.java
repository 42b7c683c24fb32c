// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.event.EventSink;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.layout.StoreLayout;
import dev.cairn.nar.NarWriter;
import dev.cairn.narinfo.Claim;
import dev.cairn.narinfo.Compression;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.NarinfoWriter;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.SexpReader;
import dev.cairn.testing.CacheServer;
import dev.cairn.trust.KeyFiles;
import java.io.ByteArrayOutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingDiskTest {
    @TempDir
    Path folder;

    @Test
    void saysThatTheDiskIsFullAndCollectsOnIt() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        mount("size=14m", disk);
        try (Daemon daemon = LocalStore.open(new StoreLayout(StoreDirectory.GNU, disk))) {
            StorePath small = daemon.addText("small", new byte[] {1}, List.of());
            Path large = Files.write(folder.resolve("large"), new byte[12 * 1024 * 1024]);
            assertThatThrownBy(() -> daemon.addTree("large", large, true, HashAlgorithm.SHA256))
                    .isInstanceOfSatisfying(DaemonException.StoreIo.class, e -> assertThat(e.hint())
                            .hasValueSatisfying(hint -> assertThat(hint).contains("disk is full")));
            assertThat(daemon.isValid(small)).isTrue();
            assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
            fill(disk.resolve("filling"));
            assertThat(daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE)
                            .paths())
                    .contains(small.toString());
            assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void saysThatTheDiskFilledUpDuringAFetchAndGoesOnWhenThereIsSpace() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        mount("size=40m", disk);
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, disk);
        Path served = Files.createDirectories(folder.resolve("served/nar")).getParent();
        SecretKey key = SecretKey.generate(SexpReader.read(SecretKey.DEFAULT_PARAMETERS));
        new KeyFiles(layout.configuration()).authorise(key.publicKey());
        StorePath small = offer(served, key, '1', "small", 1000);
        StorePath large = offer(served, key, '2', "large", 12 << 20, small);
        try (CacheServer server = CacheServer.serving(served);
                Daemon daemon = LocalStore.open(layout)) {
            daemon.configure(daemon.settings().change().substituteUrls(List.of(server.url())).build());
            Path filling = disk.resolve("filling");
            fill(filling);
            try (FileChannel file = FileChannel.open(filling, StandardOpenOption.WRITE)) {
                file.truncate(file.size() - (6 << 20));
            }
            long before = Files.getFileStore(disk).getUsableSpace();
            assertThatThrownBy(() -> daemon.ensure(List.of(large), BuildOptions.DEFAULT, EventSink.NONE))
                    .isInstanceOfSatisfying(DaemonException.StoreIo.class, e -> assertThat(e.hint())
                            .hasValueSatisfying(hint -> assertThat(hint)
                                    .contains("disk is full")
                                    .contains("cairn gc")
                                    .contains("try again")))
                    .hasMessageContaining(large.toString());
            assertThat(server.requests().stream().filter(path -> path.endsWith("large")))
                    .as("another try would not help")
                    .hasSize(1);
            assertThat(daemon.isValid(large)).isFalse();
            List<String> valid =
                    daemon.allPaths().stream().map(StorePath::baseName).toList();
            try (Stream<Path> there = Files.list(layout.physicalStore())) {
                assertThat(there.map(path -> path.getFileName().toString())
                                .filter(name -> !name.equals(".links")))
                        .containsExactlyInAnyOrderElementsOf(valid);
            }
            assertThat(Files.getFileStore(disk).getUsableSpace()).isGreaterThan(before - (1 << 20));
            Files.delete(filling);
            daemon.ensure(List.of(large), BuildOptions.DEFAULT, EventSink.NONE);
            assertThat(daemon.valid(List.of(small, large))).hasSize(2);
            assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    /** Puts an item into a cache, signed. */
    private static StorePath offer(
            Path cache, SecretKey key, char letter, String name, int size, StorePath... references) throws Exception {
        StorePath path = StoreDirectory.GNU.item(String.valueOf(letter).repeat(32) + "-" + name);
        byte[] contents = new byte[size];
        new Random(size).nextBytes(contents);
        ByteArrayOutputStream nar = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(nar);
        writer.regular(false, contents);
        writer.finish();
        Files.write(cache.resolve("nar/" + path.baseName()), nar.toByteArray());
        Claim claim = new Claim(
                path, Hash.sha256(nar.toByteArray()), nar.size(), List.of(references), Optional.empty());
        NarChoice plain = NarChoice.published("nar", Compression.NONE, path, OptionalLong.of(nar.size()));
        Files.write(
                cache.resolve(path.hashPart() + ".narinfo"), NarinfoWriter.guix(claim, "host", key, List.of(plain)));
        return path;
    }

    @Test
    void opensAStoreOnAFullDiskToCollectGarbage() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        mount("size=14m", disk);
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, disk);
        try {
            StorePath small;
            try (Daemon daemon = LocalStore.open(layout)) {
                small = daemon.addText("small", new byte[] {1}, List.of());
            }
            fill(disk.resolve("filling"));
            try (Daemon daemon = LocalStore.open(layout)) {
                var deletion = CollectionRequest.deleteDead(Optional.empty(), false);
                assertThat(daemon.collectGarbage(deletion, EventSink.NONE).paths()).contains(small.toString());
            }
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void refusesAStoreOnADiskThatIsReadOnly() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        mount("ro,size=1m", disk);
        try {
            assertThatThrownBy(() -> LocalStore.open(new StoreLayout(StoreDirectory.GNU, disk)))
                    .isInstanceOfSatisfying(DaemonException.StoreIo.class, e -> assertThat(e.hint()).isPresent())
                    .hasMessageContaining(disk.toString());
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void refusesAStoreThatTheUserMayNotWriteTo() throws Exception {
        Assumptions.assumeFalse(isRoot(), "skipped: root may write everywhere");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assertThatThrownBy(() -> LocalStore.open(new StoreLayout(StoreDirectory.GNU, folder)))
                    .isInstanceOf(DaemonException.StoreIo.class)
                    .hasMessageContaining("cannot be written");
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void fill(Path file) throws Exception {
        try (var out = Files.newOutputStream(file)) {
            byte[] zeros = new byte[4096];
            while (true) {
                out.write(zeros);
            }
        } catch (java.nio.file.FileSystemException | java.io.FileNotFoundException e) {
            throw e;
        } catch (java.io.IOException _) {
            // Full, as it should be.
        }
    }

    private static void mount(String options, Path disk) throws Exception {
        Assumptions.assumeTrue(isRoot(), "skipped: only root can mount a small disk");
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString()) == 0,
                "skipped: this machine lets nobody mount a small disk");
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor();
    }

    private static boolean isRoot() throws Exception {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }
}
