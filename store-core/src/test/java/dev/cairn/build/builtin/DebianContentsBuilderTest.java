// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.build.TestStore;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.path.StorePath;
import dev.cairn.testing.Trees;
import dev.cairn.testing.debian.DebWriter;
import dev.cairn.testing.debian.Packing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lzma.LZMACompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DebianContentsBuilderTest {
    private TestStore store;

    @BeforeEach
    void open(@TempDir Path root) throws IOException {
        store = new TestStore(root.resolve("root"));
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void unpacksWhateverTheCompression(Packing packing) throws Exception {
        Path out = unpack(DebWriter.of("hello", "1:2.10~rc1")
                .packing(packing, packing)
                .program("hello", "#!/bin/sh\n")
                .file("usr/share/größe", 0600, "x".repeat(300_000))
                .conffile("etc/hello.conf", "a=b\n")
                .script("postinst", "#!/bin/sh\n"));
        assertThat(out.resolve("tree/usr/bin/hello")).hasContent("#!/bin/sh\n").isExecutable();
        assertThat(out.resolve("tree/usr/share/größe")).hasSize(300_000);
        assertThat(Files.isExecutable(out.resolve("tree/usr/share/größe"))).isFalse();
        assertThat(out.resolve("tree/etc/hello.conf")).hasContent("a=b\n");
        assertThat(out.resolve("control/control")).content().contains("Package: hello\n");
        assertThat(out.resolve("control/conffiles")).hasContent("/etc/hello.conf\n");
        assertThat(out.resolve("control/postinst")).hasContent("#!/bin/sh\n");
        assertThat(Files.isExecutable(out.resolve("control/postinst"))).isFalse();
    }

    @Test
    void unpacksOldCompressionsToo() throws Exception {
        ByteArrayOutputStream bzip2 = new ByteArrayOutputStream();
        try (OutputStream out = new BZip2CompressorOutputStream(bzip2)) {
            out.write(tar("./usr/bzip2"));
        }
        ByteArrayOutputStream lzma = new ByteArrayOutputStream();
        try (OutputStream out = new LZMACompressorOutputStream(lzma)) {
            out.write(tar("./usr/lzma"));
        }
        assertThat(unpack(ar("data.tar.bz2", bzip2.toByteArray())).resolve("tree/usr/bzip2")).exists();
        assertThat(unpack(ar("data.tar.lzma", lzma.toByteArray())).resolve("tree/usr/lzma")).exists();
    }

    @Test
    void leavesTheListOfDigestsOut() throws Exception {
        Path out = unpack(DebWriter.of("a", "1").controlFile("md5sums", "0 x\n").controlFile("triggers", "t\n"));
        assertThat(Trees.list(out.resolve("control"))).containsOnlyKeys("control", "triggers");
        assertThat(out.resolve("tree")).isEmptyDirectory();
    }

    @Test
    void putsFilesUnderUsrWhereMergedSystemsHaveThem() throws Exception {
        Path out = unpack(DebWriter.of("a", "1")
                .file("bin/a", 0755, "")
                .file("sbin/b", 0755, "")
                .file("lib/x86_64-linux-gnu/libc.so.6", 0755, "")
                .symlink("lib64/ld.so", "/lib/x86_64-linux-gnu/libc.so.6")
                .file("libexec/c", 0644, "")
                .file("usr/lib/d", 0644, ""));
        assertThat(Trees.list(out.resolve("tree")))
                .containsEntry("usr/bin/a", "file")
                .containsEntry("usr/sbin/b", "file")
                .containsEntry("usr/lib/x86_64-linux-gnu/libc.so.6", "file")
                .containsEntry("usr/lib64/ld.so", "-> /lib/x86_64-linux-gnu/libc.so.6")
                .containsEntry("usr/lib/d", "file")
                .containsEntry("libexec/c", "file")
                .doesNotContainKeys("bin", "sbin", "lib", "lib64");
    }

    @Test
    void leavesOutLinksThatMergingMakesLeadToThemselves() throws Exception {
        Path out = unpack(DebWriter.of("base-files", "13")
                .symlink("bin", "usr/bin")
                .symlink("lib64", "/usr/lib64")
                .file("lib/x", 0644, "x")
                .symlink("usr/lib/x", "/lib/x")
                .symlink("usr/bin/y", "../../bin/y")
                .file("bin/y", 0755, "y"));
        assertThat(out.resolve("tree/usr/lib/x")).hasContent("x");
        assertThat(Files.isRegularFile(out.resolve("tree/usr/bin/y"), LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(out.resolve("tree/usr/lib64")).doesNotExist();
        assertThat(store.logLines()).anyMatch(line -> line.contains("./lib64") && line.contains("left out"));
    }

    @Test
    void takesTwoFilesOfOneMergedNameWhenTheyAreEqual() throws Exception {
        Path out = unpack(DebWriter.of("a", "1")
                .file("lib/x", 0644, "same")
                .file("usr/lib/x", 0644, "same")
                .symlink("lib/l", "x")
                .symlink("usr/lib/l", "x")
                .hardLink("usr/lib/x", "lib/x"));
        assertThat(out.resolve("tree/usr/lib/x")).hasContent("same");
        assertRefused(DebWriter.of("a", "1").file("lib/x", 0644, "one").file("usr/lib/x", 0644, "two"), "usr/lib/x");
        assertRefused(DebWriter.of("a", "1").file("lib/x", 0644, "one").file("usr/lib/x", 0644, "on"), "usr/lib/x");
        assertRefused(DebWriter.of("a", "1").file("lib/x", 0644, "").file("usr/lib/x", 0755, ""), "usr/lib/x");
        assertRefused(DebWriter.of("a", "1").symlink("lib/x", "a").symlink("usr/lib/x", "b"), "usr/lib/x");
        assertRefused(DebWriter.of("a", "1").file("lib/x", 0644, "").symlink("usr/lib/x", "b"), "usr/lib/x");
        assertRefused(DebWriter.of("a", "1").symlink("lib/x", "a").file("usr/lib/x", 0644, ""), "usr/lib/x");
        assertRefused(DebWriter.of("a", "1").file("lib/x", 0644, "").directory("usr/lib/x", 0755), "usr/lib/x");
    }

    @Test
    void keepsTheTextOfLinks() throws Exception {
        Path out = unpack(DebWriter.of("a", "1")
                .symlink("usr/bin/awk", "/etc/alternatives/awk")
                .symlink("usr/lib/up", "../../../../outside")
                .symlink("usr/bin/trailing", "dir//"));
        assertThat(Trees.list(out.resolve("tree")))
                .containsEntry("usr/bin/awk", "-> /etc/alternatives/awk")
                .containsEntry("usr/lib/up", "-> ../../../../outside");
    }

    @Test
    void givesHardLinksTheContentsOfTheirTarget() throws Exception {
        Path out = unpack(DebWriter.of("a", "1")
                .file("bin/a", 0755, "program")
                .hardLink("usr/bin/b", "bin/a")
                .symlink("usr/bin/l", "a")
                .hardLink("usr/bin/m", "usr/bin/l"));
        assertThat(out.resolve("tree/usr/bin/b")).hasContent("program").isExecutable();
        assertThat(Trees.list(out.resolve("tree"))).containsEntry("usr/bin/m", "-> a");
        assertRefused(DebWriter.of("a", "1").hardLink("usr/b", "usr/a").file("usr/a", 0644, ""), "usr/b");
        assertRefused(DebWriter.of("a", "1").hardLink("usr/b", "usr/missing"), "usr/missing");
        assertRefused(DebWriter.of("a", "1").hardLink("usr/b", "../../../etc/passwd"), "../etc/passwd");
        assertRefused(
                DebWriter.of("a", "1").symlink("usr/way", "/etc").hardLink("usr/b", "usr/way/passwd"),
                "usr/way/passwd");
        assertRefused(DebWriter.of("a", "1").directory("usr/a", 0755).hardLink("usr/b", "usr/a"), "usr/b");
    }

    @Test
    void dropsTheBitsThatMakeProgramsRunAsOthersAndSaysSo() throws Exception {
        Path out = unpack(DebWriter.of("a", "1").file("usr/bin/su", 04755, "").file("usr/bin/wall", 02755, ""));
        assertThat((int) Files.getAttribute(out.resolve("tree/usr/bin/su"), "unix:mode") & 07777).isEqualTo(0555);
        assertThat((int) Files.getAttribute(out.resolve("tree/usr/bin/wall"), "unix:mode") & 07777).isEqualTo(0555);
        assertThat(store.logLines())
                .contains(
                        "note: './usr/bin/su' is unpacked without its set-user-ID bit",
                        "note: './usr/bin/wall' is unpacked without its set-group-ID bit");
        assertThat(out.resolve("set-id")).hasContent("usr/bin/su\nusr/bin/wall\n");
    }

    @Test
    void refusesHostileEntriesByName() throws Exception {
        byte[] none = new byte[0];
        assertRefused(deb -> deb.raw().file("../evil", 0644, none), "../evil");
        assertRefused(deb -> deb.raw().file("a/../../evil", 0644, none), "a/../../evil");
        assertRefused(deb -> deb.raw().file("/evil", 0644, none), "/evil");
        assertRefused(deb -> deb.raw().symlink("way", "/tmp").file("way/evil", 0644, none), "way/evil");
        assertRefused(deb -> deb.raw().symlink("way", "usr").directory("way/evil/", 0755), "way/evil");
        assertRefused(deb -> deb.raw().symlink("usr", "/tmp").file("bin/evil", 0644, none), "usr/bin/evil");
        assertRefused(deb -> deb.raw().device("./dev/evil"), "./dev/evil");
        assertRefused(deb -> deb.raw().pipe("./evil"), "./evil");
        assertRefused(deb -> deb.raw().symlink("./evil", ""), "evil");
        assertRefused(deb -> deb.raw().symlink("./evil", "x".repeat(4096)), "evil");
        assertRefused(deb -> deb.raw().file("./" + "d/".repeat(101) + "x", 0644, none), "too deep");
        assertRefused(deb -> deb.raw().file("./" + "n".repeat(256), 0644, none), "too long");
        assertRefused(deb -> deb.raw().file(".", 0644, none), "'.'");
        assertRefused(deb -> deb.controlFile("../evil", ""), "./../");
        assertThat(store.leftovers()).isEmpty();
    }

    @Test
    void refusesContentsOutOfProportion() throws Exception {
        TarArchiveEntry entry = new TarArchiveEntry("./usr/bomb");
        entry.setSize(2L << 30);
        byte[] header = new byte[1024];
        entry.writeEntryHeader(header);
        assertThatThrownBy(() -> unpack(ar("data.tar", header)))
                .isInstanceOf(DaemonException.BuildFailed.class)
                .hasMessageContaining("'./usr/bomb' is refused")
                .hasMessageContaining("too much for its size");
    }

    @Test
    void refusesWhatIsNoPackage() throws Exception {
        byte[] whole = DebWriter.of("a", "1").file("usr/a", 0644, "x".repeat(5000)).octets();
        assertThatThrownBy(() -> unpack(Arrays.copyOf(whole, whole.length - 100)))
                .isInstanceOf(DaemonException.BuildFailed.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> unpack(Arrays.copyOf(whole, 300)))
                .isInstanceOf(DaemonException.BuildFailed.class);
        assertThatThrownBy(() -> unpack("no archive at all".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("is no package of Debian's");
        assertThatThrownBy(() -> unpack(DebWriter.of("a", "1").format("3.0\n")))
                .hasMessageContaining("format 2 was expected, not 3.0");
        assertThatThrownBy(() -> unpack(ar("data.tar.rar", new byte[10]))).hasMessageContaining(".rar");
        assertThatThrownBy(() -> unpack(ar("other.tar", new byte[10]))).hasMessageContaining("other.tar");
        assertThat(store.leftovers()).isEmpty();
    }

    @Test
    void passesOverPartsThatAreForOthers() throws Exception {
        assertThat(unpack(ar("_other", new byte[3], "data.tar", tar("./usr/a"))).resolve("tree/usr/a")).exists();
    }

    private interface Description {
        void apply(DebWriter deb);
    }

    private void assertRefused(Description description, String name) throws IOException {
        DebWriter deb = DebWriter.of("evil", "1");
        description.apply(deb);
        assertRefused(deb, name);
    }

    private void assertRefused(DebWriter deb, String name) throws IOException {
        assertThatThrownBy(() -> unpack(deb))
                .isInstanceOf(DaemonException.BuildFailed.class)
                .hasMessageContaining(name)
                .hasMessageContaining("is refused");
    }

    private Path unpack(DebWriter deb) throws Exception {
        return unpack(deb.octets());
    }

    private Path unpack(byte[] deb) throws Exception {
        Path file = Files.write(store.layout().root().resolve("a.deb"), deb);
        StorePath source = store.addTree("a.deb", file);
        NamedDerivation derivation =
                store.add(new DerivationBuilder("a-1-contents", "builtin", "builtin:debian-contents")
                        .source(source)
                        .variable("src", source.toString())
                        .variable("format", "1"));
        store.build(derivation);
        return store.output(derivation);
    }

    private static byte[] tar(String name) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(octets)) {
            tar.putArchiveEntry(new TarArchiveEntry(name));
            tar.closeArchiveEntry();
        }
        return octets.toByteArray();
    }

    /** A package whose last members are these: names and contents in turn. */
    private static byte[] ar(Object... members) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (ArArchiveOutputStream ar = new ArArchiveOutputStream(octets)) {
            member(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
            member(ar, "control.tar", tar("./control"));
            for (int i = 0; i < members.length; i += 2) {
                member(ar, (String) members[i], (byte[]) members[i + 1]);
            }
        }
        return octets.toByteArray();
    }

    private static void member(ArArchiveOutputStream ar, String name, byte[] contents) throws IOException {
        ar.putArchiveEntry(new ArArchiveEntry(name, contents.length));
        ar.write(contents);
        ar.closeArchiveEntry();
    }
}
