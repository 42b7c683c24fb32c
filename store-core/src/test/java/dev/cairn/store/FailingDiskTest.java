// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.event.EventSink;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
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
