// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import com.sun.management.ThreadMXBean;
import dev.cairn.build.TestStore;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.path.StorePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class UnpackBuilderTest {
    private TestStore store;

    @BeforeEach
    void open(@TempDir Path root) throws IOException {
        store = new TestStore(root.resolve("root"));
    }

    private enum Compression {
        NONE,
        GZIP,
        BZIP2,
        XZ,
        ZSTD;

        byte[] apply(byte[] data) throws IOException {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            try (OutputStream out =
                    switch (this) {
                        case NONE -> octets;
                        case GZIP -> new GZIPOutputStream(octets);
                        case BZIP2 -> new BZip2CompressorOutputStream(octets);
                        case XZ -> new XZOutputStream(octets, new LZMA2Options(1));
                        case ZSTD -> new ZstdOutputStream(octets);
                    }) {
                out.write(data);
            }
            return octets.toByteArray();
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void unpacksWhateverTheCompression(Compression compression) throws Exception {
        byte[] archive = new Tar()
                .directory("hello-1/")
                .file("hello-1/bin/hello", "run me", 0755)
                .file("hello-1/größe", "x", 0600)
                .link("hello-1/bin/hi", "hello", TarConstants.LF_SYMLINK)
                .link("hello-1/again", "hello-1/bin/hello", TarConstants.LF_LINK)
                .link("hello-1/bin/up", "../again", TarConstants.LF_SYMLINK)
                .file("hello-1/" + "long/".repeat(40) + "name", "deep", 0644)
                .octets();
        NamedDerivation made = unpack(compression.apply(archive), "1");
        Path out = store.output(made);
        assertThat(out.resolve("bin/hello")).hasContent("run me").isExecutable();
        assertThat(out.resolve("größe")).hasContent("x");
        assertThat(Files.readSymbolicLink(out.resolve("bin/hi"))).hasToString("hello");
        assertThat(out.resolve("again")).hasContent("run me").isExecutable();
        assertThat(out.resolve("bin/up")).hasContent("run me");
        assertThat(out.resolve("long/".repeat(40) + "name")).hasContent("deep");
    }

    @Test
    void refusesHostileEntriesByName() throws Exception {
        assertRefused(new Tar().file("../evil", "", 0644), "../evil");
        assertRefused(new Tar().file("a/../../evil", "", 0644), "a/../../evil");
        assertRefused(new Tar().absolute("/evil"), "/evil");
        assertRefused(new Tar().link("evil", "/etc/passwd", TarConstants.LF_SYMLINK), "evil");
        assertRefused(new Tar().link("a/evil", "../../x", TarConstants.LF_SYMLINK), "a/evil");
        assertRefused(new Tar().link("evil", "absent", TarConstants.LF_LINK), "absent");
        assertRefused(new Tar().link("evil", "../../etc/passwd", TarConstants.LF_LINK), "../../etc/passwd");
        assertRefused(
                new Tar().directory("d/").link("way", "d", TarConstants.LF_SYMLINK).file("way/evil", "", 0644),
                "way/evil");
        assertRefused(new Tar().link("evil", "", TarConstants.LF_CHR), "evil");
        assertRefused(new Tar().link("evil", "", TarConstants.LF_FIFO), "evil");
        assertRefused(new Tar().file("evil", "1", 0644).file("evil", "2", 0644), "evil");
        assertRefused(new Tar().file("d/".repeat(101) + "x", "", 0644), "too deep");
    }

    @Test
    void takesLittleMemoryForHugeFilesAndLeavesNothingOfThemWhenCancelled() throws Exception {
        NamedDerivation made = add(zeros(256), "0");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getTotalThreadAllocatedBytes();
        store.build(made);
        assertThat(store.output(made).resolve("zeros")).hasSize(256L << 20);
        assertThat(threads.getTotalThreadAllocatedBytes() - before).isLessThan(64L << 20);

        AtomicReference<Throwable> thrown = new AtomicReference<>();
        NamedDerivation endless = add(zeros(2000), "0");
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                store.build(endless);
            } catch (DaemonException e) {
                thrown.set(e);
            }
        });
        Path chroot = store.layout().physicalStore().resolve(endless.path().baseName() + ".chroot");
        while (!Files.exists(chroot) && thread.isAlive()) {
            Thread.sleep(1);
        }
        thread.interrupt();
        thread.join();
        assertThat(thrown.get()).isInstanceOf(DaemonException.Cancelled.class);
        assertThat(store.leftovers()).isEmpty();
    }

    /** An archive of one file. @param size in MiB */
    private static byte[] zeros(int size) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new ZstdOutputStream(octets))) {
            TarArchiveEntry entry = new TarArchiveEntry("zeros");
            entry.setSize((long) size << 20);
            tar.putArchiveEntry(entry);
            byte[] piece = new byte[1 << 20];
            for (int i = 0; i < size; i++) {
                tar.write(piece);
            }
            tar.closeArchiveEntry();
        }
        return octets.toByteArray();
    }

    @Test
    void refusesDamagedArchives() throws Exception {
        byte[] whole = Compression.GZIP.apply(new Tar().file("a", "x".repeat(5000), 0644).octets());
        assertThatThrownBy(() -> unpack(Arrays.copyOf(whole, whole.length - 20), "0"))
                .isInstanceOf(DaemonException.BuildFailed.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> unpack("this is no archive at all, however long it is".repeat(40)
                        .getBytes(StandardCharsets.UTF_8), "0"))
                .isInstanceOf(DaemonException.BuildFailed.class);
        assertThatThrownBy(() -> unpack(new Tar().file("a", "", 0644).octets(), "1"))
                .hasMessageContaining("nothing of");
        assertThatThrownBy(() -> unpack(new Tar().file("a", "", 0644).octets(), "x"))
                .hasMessageContaining("'strip'");
        assertThat(store.leftovers()).isEmpty();
    }

    private void assertRefused(Tar archive, String name) throws IOException {
        byte[] octets = archive.octets();
        assertThatThrownBy(() -> unpack(octets, "0"))
                .isInstanceOf(DaemonException.BuildFailed.class)
                .hasMessageContaining(name);
    }

    private NamedDerivation unpack(byte[] archive, String strip) throws Exception {
        NamedDerivation derivation = add(archive, strip);
        store.build(derivation);
        return derivation;
    }

    private NamedDerivation add(byte[] archive, String strip) throws Exception {
        Path file = Files.write(store.layout().root().resolve("archive"), archive);
        StorePath source = store.addTree("archive", file);
        return store.add(new DerivationBuilder("unpacked", "builtin", "builtin:unpack")
                .source(source)
                .variable("src", source.toString())
                .variable("strip", strip));
    }

    /** Writes archives, also such as no honest program would. */
    private static final class Tar {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private final TarArchiveOutputStream out;

        Tar() {
            out = new TarArchiveOutputStream(octets, "UTF-8");
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            out.setAddPaxHeadersForNonAsciiNames(true);
        }

        Tar directory(String name) throws IOException {
            out.putArchiveEntry(new TarArchiveEntry(name));
            out.closeArchiveEntry();
            return this;
        }

        Tar file(String name, String contents, int mode) throws IOException {
            return file(new TarArchiveEntry(name), contents, mode);
        }

        Tar absolute(String name) throws IOException {
            return file(new TarArchiveEntry(name, true), "", 0644);
        }

        private Tar file(TarArchiveEntry entry, String contents, int mode) throws IOException {
            byte[] data = contents.getBytes(StandardCharsets.UTF_8);
            entry.setSize(data.length);
            entry.setMode(mode);
            out.putArchiveEntry(entry);
            out.write(data);
            out.closeArchiveEntry();
            return this;
        }

        Tar link(String name, String target, byte kind) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(name, kind);
            entry.setLinkName(target);
            out.putArchiveEntry(entry);
            out.closeArchiveEntry();
            return this;
        }

        byte[] octets() throws IOException {
            out.close();
            return octets.toByteArray();
        }
    }
}
