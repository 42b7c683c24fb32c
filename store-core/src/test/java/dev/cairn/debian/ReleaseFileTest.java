// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.debian.ReleaseFile.IndexFile;
import dev.cairn.error.FormatException;
import dev.cairn.testing.Gen;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseFileTest {
    private static final String MD5 = "00112233445566778899aabbccddeeff";
    private static final String SHA256 = MD5 + MD5;
    private static final String SHA512 = SHA256 + SHA256;

    private static final String RELEASE = """
            Origin: Example
            Label: Example Archive
            Suite: stable
            Codename: boulder
            Date: Sat, 10 Jun 2023 08:56:03 UTC
            Valid-Until: Sat, 17 Jun 2023 08:56:03 +0000
            Acquire-By-Hash: yes
            NotAutomatic: yes
            ButAutomaticUpgrades: yes
            No-Support-for-Architecture-all: Packages
            Architectures: all amd64 i386
            Components: main contrib
            MD5Sum:
             %1$s 10 main/binary-amd64/Packages
             %1$s 11 old
            SHA256:
             %2$s      10 main/binary-amd64/Packages
             %2$s 4 main/binary-amd64/Packages.xz
            SHA512:
             %3$s 4 main/binary-amd64/Packages.xz
            """.formatted(MD5, SHA256.toUpperCase(Locale.ROOT), SHA512);

    private static ReleaseFile read(String text) throws FormatException {
        return ReleaseFile.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsEveryField() throws FormatException {
        ReleaseFile release = read(RELEASE);
        assertThat(release.origin()).isEqualTo("Example");
        assertThat(release.label()).isEqualTo("Example Archive");
        assertThat(release.suite()).isEqualTo("stable");
        assertThat(release.codename()).isEqualTo("boulder");
        assertThat(release.date()).contains(Instant.parse("2023-06-10T08:56:03Z"));
        assertThat(release.validUntil()).contains(Instant.parse("2023-06-17T08:56:03Z"));
        assertThat(release.components()).containsExactly("main", "contrib");
        assertThat(release.architectures()).containsExactly("all", "amd64", "i386");
        assertThat(release.byHash()).isTrue();
        assertThat(release.notAutomatic()).isTrue();
        assertThat(release.butAutomaticUpgrades()).isTrue();
        assertThat(release.noSupportForArchitectureAll()).isTrue();
        assertThat(release.files()).hasSize(3);
        assertThat(release.file("main/binary-amd64/Packages.xz"))
                .contains(new IndexFile(
                        "main/binary-amd64/Packages.xz", 4, Optional.of(SHA256), Optional.of(SHA512)));
    }

    @Test
    void remembersWeakDigestsAsWeakOnly() throws FormatException {
        ReleaseFile release = read(RELEASE);
        assertThat(release.file("old")).map(IndexFile::weak).contains(true);
        assertThat(release.file("main/binary-amd64/Packages")).map(IndexFile::weak).contains(false);
        assertThat(release.file("missing")).isEmpty();
    }

    @Test
    void needsNoFieldButOne() throws FormatException {
        ReleaseFile release = read("Origin: x\n");
        assertThat(release.date()).isEmpty();
        assertThat(release.files()).isEmpty();
        assertThat(release.byHash()).isFalse();
        assertThat(release.noSupportForArchitectureAll()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sat, 10 Jun 2023 08:56:03 UTC", "Sat, 10 Jun 2023 08:56:03 GMT", "Sat, 10 Jun 2023 08:56:03 +0000",
                "Sat, 10 Jun 2023 08:56:03 -0000", "10 Jun 2023 08:56:03 Z", "sat, 10 JUN 2023  8:56:03 utc"
            })
    void readsDatesAsTheyOccur(String text) {
        assertThat(ArchiveDate.parse(text)).contains(Instant.parse("2023-06-10T08:56:03Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "yesterday", "Sat, 10 Jun 2023 08:56:03", "Sat, 10 Jun 2023 08:56:03 +0200",
                "Sat, 10 Jun 2023 08:56:03 CEST", "31 Feb 2023 08:56:03 UTC", "10 Jun 23 08:56:03 UTC",
                "10 Jun 2023 24:00:01 UTC", "10 Jun 2023 08:56 UTC", "10 Juni 2023 08:56:03 UTC", "10 6 2023 1:1:1 UTC"
            })
    void refusesOtherDates(String text) {
        assertThatThrownBy(() -> read("Valid-Until: " + text + "\n"))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("Release: the field Valid-Until has no date");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHA256:\n abc 1 x", "SHA256:\n " + SHA256 + " x", "SHA256:\n " + SHA256 + " 1",
                "SHA256:\n " + SHA256 + " -1 x", "SHA256:\n " + SHA256 + " 1 ../x", "SHA256:\n " + SHA256 + " 1 /x",
                "SHA256:\n " + SHA256 + " 1 a b", "SHA256:\n " + SHA512 + " 1 a",
                "SHA256:\n " + SHA256 + " 1 a\n " + SHA256 + " 2 a",
                "SHA256:\n " + SHA256 + " 1 a\nMD5Sum:\n " + MD5 + " 2 a"
            })
    void refusesWrongLists(String text) {
        assertThatThrownBy(() -> read(text + "\n")).hasMessageStartingWith("Release: the field ");
    }

    @Test
    void acceptsAFileThatIsListedTwiceAlike() throws FormatException {
        assertThat(read("SHA256:\n " + SHA256 + " 1 a\n " + SHA256 + " 1 a\n").files()).hasSize(1);
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatThrownBy(() -> read("Origin: " + "x".repeat(600) + "\n")).hasMessageContaining("Origin");
        assertThatThrownBy(() -> read("Components: " + "x ".repeat(2000) + "\n")).hasMessageContaining("Components");
        assertThatThrownBy(() -> ReleaseFile.read(new byte[ReleaseFile.LONGEST + 1])).hasMessageContaining("more than");
    }

    @Test
    void neverFailsOtherwiseThanByItsOwnException() {
        Gen.of(List.of("SHA256:", "Date:", " " + SHA256, " 1", " a", "\n", " ", "Components:", ","))
                .lists(0, 12)
                .check(1000, parts -> {
                    try {
                        read(String.join("", parts));
                    } catch (FormatException e) {
                        assertThat(e.format()).isEqualTo("Release");
                    }
                });
    }
}
