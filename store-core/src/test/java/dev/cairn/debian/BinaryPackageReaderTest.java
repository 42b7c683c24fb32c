// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.debian.BinaryPackage.ArchiveFile;
import dev.cairn.debian.BinaryPackage.MultiArch;
import dev.cairn.error.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryPackageReaderTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private static final String PACKAGE = """
            Package: libdemo1
            Source: demo (1:2.0-1)
            Version: 1:2.0-1+b1
            Architecture: amd64
            Multi-Arch: same
            Essential: yes
            Priority: required
            Installed-Size: 12
            Maintainer: Mara Example <mara@example.org>
            Pre-Depends: libc6 (>= 2.36)
            Depends: a | b, c
            Recommends: d
            Suggests: e
            Provides: demo-abi (= 1)
            Conflicts: f
            Breaks: g (<< 2)
            Replaces: g (<< 2)
            Section: libs
            Homepage: https://example.org/demo
            Description: shows things
             A long text
              as it is
             .
             and more
            Description-md5: 00112233445566778899aabbccddeeff
            Filename: pool/main/d/demo/libdemo1_2.0-1+b1_amd64.deb
            Size: 3456
            SHA256: %s
            """.formatted(DIGEST);

    private static BinaryPackage read(String text) throws FormatException {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        return BinaryPackageReader.read(data, 0, data.length);
    }

    private static String with(String field, String value) {
        return PACKAGE.replaceFirst("(?m)^" + field + ": .*\n", Matcher.quoteReplacement(field + ": " + value + "\n"));
    }

    @Test
    void readsEveryField() throws FormatException {
        BinaryPackage demo = read(PACKAGE);
        assertThat(demo.name()).isEqualTo("libdemo1");
        assertThat(demo.version()).isEqualTo("1:2.0-1+b1");
        assertThat(demo.architecture()).isEqualTo("amd64");
        assertThat(demo.multiArch()).isEqualTo(MultiArch.SAME);
        assertThat(demo.essential()).isTrue();
        assertThat(demo.importance()).isEqualTo(BinaryPackage.Importance.REQUIRED);
        assertThat(demo.source()).isEqualTo("demo");
        assertThat(demo.section()).isEqualTo("libs");
        assertThat(demo.maintainer()).isEqualTo("Mara Example <mara@example.org>");
        assertThat(demo.homePage()).contains("https://example.org/demo");
        assertThat(demo.synopsis()).isEqualTo("shows things");
        assertThat(demo.description()).isEqualTo("A long text\n as it is\n\nand more");
        assertThat(demo.descriptionDigest()).contains("00112233445566778899aabbccddeeff");
        assertThat(demo.installedSize()).isEqualTo(12 * 1024);
        assertThat(demo.depends()).map(Dependency::toString).containsExactly("libc6 (>= 2.36)", "a | b", "c");
        assertThat(demo.recommends()).map(Dependency::toString).containsExactly("d");
        assertThat(demo.suggests()).map(Dependency::toString).containsExactly("e");
        assertThat(demo.provides()).map(Relation::toString).containsExactly("demo-abi (= 1)");
        assertThat(demo.conflicts()).map(Relation::toString).containsExactly("f");
        assertThat(demo.breaks()).map(Relation::toString).containsExactly("g (<< 2)");
        assertThat(demo.replaces()).map(Relation::toString).containsExactly("g (<< 2)");
        assertThat(demo.file())
                .contains(new ArchiveFile("pool/main/d/demo/libdemo1_2.0-1+b1_amd64.deb", 3456, DIGEST));
    }

    @Test
    void readsTheControlFileOfAPackage() throws FormatException {
        BinaryPackage demo = read("Package: demo\nVersion: 1\nArchitecture: all\n");
        assertThat(demo.file()).isEmpty();
        assertThat(demo.source()).isEqualTo("demo");
        assertThat(demo.multiArch()).isEqualTo(MultiArch.NO);
        assertThat(demo.essential()).isFalse();
        assertThat(demo.importance()).isEqualTo(BinaryPackage.Importance.OPTIONAL);
        assertThat(demo.installedSize()).isZero();
        assertThat(demo.homePage()).isEmpty();
        assertThat(demo.synopsis()).isEmpty();
        assertThat(demo.depends()).isEmpty();
    }

    @Test
    void leavesOutTheDotOfNamesInFlatArchives() throws FormatException {
        assertThat(read(with("Filename", "./demo_1.deb")).file()).map(ArchiveFile::name).contains("demo_1.deb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd", "../x", "a/../../x", "a/..", "a//b", "a/./b", "./", "..", "a\\b", "a/", ".", "././/x"
            })
    void refusesFileNamesThatLeadOut(String name) {
        assertThatThrownBy(() -> read(with("Filename", name)))
                .hasMessageStartingWith("package libdemo1: Filename: leads out of the archive");
    }

    @ParameterizedTest
    @CsvSource({
        "Version, 1_2, Version",
        "Architecture, amd64/x, Architecture",
        "Multi-Arch, maybe, Multi-Arch",
        "Installed-Size, many, Installed-Size",
        "Source, ?, Source",
        "Depends, a b, Depends",
        "Provides, x (>> 1), Provides",
        "Breaks, a | b, Breaks",
        "Size, -1, Size",
        "Size, 99999999999999999999, Size",
        "SHA256, 0123, SHA256",
        "Filename, ../x, Filename"
    })
    void namesThePackageAndTheFieldThatIsWrong(String field, String value, String named) {
        assertThatThrownBy(() -> read(with(field, value)))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("package libdemo1: " + named + ": ");
    }

    @Test
    void refusesAFileWithoutSha256() {
        assertThatThrownBy(() -> read(PACKAGE.replace("SHA256:", "MD5sum:")))
                .hasMessage("package libdemo1: SHA256: the index has no SHA-256 of the file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "a b", "../x", "a/b"})
    void refusesInvalidNames(String name) {
        assertThatThrownBy(() -> read(with("Package", name))).hasMessageStartingWith("package: no");
    }

    @Test
    void cutsLongTexts() throws FormatException {
        assertThat(read(with("Maintainer", "m".repeat(5000))).maintainer()).hasSizeLessThan(1100);
    }

    @Test
    void readsADescriptionWithoutLongText() {
        assertThat(PackageDescription.of("one line")).isEqualTo(new PackageDescription("one line", ""));
        assertThat(PackageDescription.of("one\n.\n.")).isEqualTo(new PackageDescription("one", ""));
        assertThat(PackageDescription.of("one\n..\n. x")).isEqualTo(new PackageDescription("one", "..\n. x"));
    }
}
