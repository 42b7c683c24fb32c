// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Gen;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesListReaderTest {
    private static final String FINGERPRINT = "0123456789abcdef0123456789ABCDEF01234567";

    private static SourcesListReader lines(String text) {
        var reader = new SourcesListReader();
        reader.lines("a.list", text);
        return reader;
    }

    private static SourcesListReader paragraphs(String text) {
        var reader = new SourcesListReader();
        reader.paragraphs("a.sources", text.getBytes(StandardCharsets.UTF_8));
        return reader;
    }

    private static SourceEntry only(SourcesListReader reader) {
        assertThat(reader.problems()).isEmpty();
        assertThat(reader.entries()).hasSize(1);
        return reader.entries().getFirst();
    }

    @Test
    void readsLines() {
        var reader = lines("""
                # a comment
                deb http://deb.example.org/debian boulder main contrib # another
                deb-src http://deb.example.org/debian boulder main

                \tdeb  file:/srv/archive   ./\r
                """);
        assertThat(reader.problems()).isEmpty();
        assertThat(reader.entries()).hasSize(2);
        SourceEntry first = reader.entries().getFirst();
        assertThat(first.file()).isEqualTo("a.list");
        assertThat(first.line()).isEqualTo(2);
        assertThat(first.addresses()).containsExactly("http://deb.example.org/debian");
        assertThat(first.suites()).containsExactly("boulder");
        assertThat(first.components()).containsExactly("main", "contrib");
        assertThat(first.trusted()).isEmpty();
        assertThat(reader.entries().get(1).suites()).containsExactly("./");
        assertThat(reader.entries().get(1).components()).isEmpty();
    }

    @Test
    void readsOptionsOfLines() {
        SourceEntry entry = only(lines("deb [ arch=amd64,i386 arch+=arm64 arch-=i386 trusted=yes check-valid-until=no "
                + "Check-Date=false allow-insecure=on lang=de signed-by=/a.gpg,/b.asc," + FINGERPRINT
                + "! by-hash=\"force\" unknown=\"with ] space\"] http://deb.example.org/ boulder main"));
        assertThat(entry.architectures())
                .isEqualTo(new SourceEntry.Architectures(List.of("amd64", "i386"), List.of("arm64"), List.of("i386")));
        assertThat(entry.trusted()).contains(true);
        assertThat(entry.allowInsecure()).contains(true);
        assertThat(entry.checkValidUntil()).contains(false);
        assertThat(entry.checkDate()).contains(false);
        assertThat(entry.signers().files()).containsExactly("/a.gpg", "/b.asc");
        assertThat(entry.signers().fingerprints()).containsExactly(FINGERPRINT.toUpperCase(Locale.ROOT) + "!");
    }

    @Test
    void readsOptionsWithoutSpaceAroundThem() {
        assertThat(only(lines("deb [trusted=no]http://deb.example.org/ boulder main")).trusted()).contains(false);
        assertThat(only(lines("deb [] http://deb.example.org/ boulder main")).trusted()).isEmpty();
    }

    @Test
    void keepsNamesOfDiscsTogether() {
        assertThat(only(lines("deb cdrom:[Disc 1 # of 3]/ boulder main")).addresses())
                .containsExactly("cdrom:[Disc 1 # of 3]/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deb | no address",
                "deb http://x/ | no suite",
                "deb http://x/ boulder | has no component",
                "deb http://x/ ./ main | ends with a slash",
                "deb http://x/ ../ | leads out",
                "deb http://x/ a/../../b main | leads out",
                "deb http://x/ /a/ | leads out",
                "deb http://x/ boulder ../main | leads out",
                "deb [trusted] http://x/ boulder main | no option",
                "deb [trusted=perhaps] http://x/ boulder main | neither yes nor no",
                "deb [arch=a/b] http://x/ boulder main | no architecture",
                "deb [signed-by=key.gpg] http://x/ boulder main | neither an absolute file name nor",
                "deb [signed-by=] http://x/ boulder main | Signed-By is empty",
                "deb [signed-by=01234567] http://x/ boulder main | neither an absolute file name nor",
                "deb [ http://x/ boulder main | not closed",
                "deb \"http://x/ boulder main | not closed",
                "rpm http://x/ boulder main | no kind of source"
            })
    void reportsWrongLinesAndKeepsOthers(String line, String problem) {
        var reader = lines("deb http://y/ a b\n" + line + "\ndeb http://z/ a b\n");
        assertThat(reader.entries()).map(SourceEntry::line).containsExactly(1, 3);
        assertThat(reader.problems()).singleElement().satisfies(found -> {
            assertThat(found.file()).isEqualTo("a.list");
            assertThat(found.line()).isEqualTo(2);
            assertThat(found.text()).contains(problem);
        });
    }

    @Test
    void readsParagraphs() {
        var reader = paragraphs("""
                # Debian
                Types: deb deb-src
                URIs: http://a.example.org/debian
                 http://b.example.org/debian
                Suites: boulder boulder-updates
                Components: main
                # comment
                 contrib
                Architectures: amd64 i386
                Architectures-Add: arm64
                Architectures-Remove: i386
                Signed-By: /usr/share/keyrings/a.gpg
                Check-Valid-Until: no
                Trusted: yes

                Types: deb-src
                URIs: http://a.example.org/debian
                Suites: boulder
                Components: main

                Enabled: no
                Types: deb
                URIs: nonsense
                """);
        SourceEntry entry = only(reader);
        assertThat(entry.line()).isEqualTo(1);
        assertThat(entry.addresses()).containsExactly("http://a.example.org/debian", "http://b.example.org/debian");
        assertThat(entry.suites()).containsExactly("boulder", "boulder-updates");
        assertThat(entry.components()).containsExactly("main", "contrib");
        assertThat(entry.architectures())
                .isEqualTo(new SourceEntry.Architectures(List.of("amd64", "i386"), List.of("arm64"), List.of("i386")));
        assertThat(entry.signers().files()).containsExactly("/usr/share/keyrings/a.gpg");
        assertThat(entry.checkValidUntil()).contains(false);
        assertThat(entry.trusted()).contains(true);
    }

    @Test
    void readsAKeyWithinAParagraph() {
        SourceEntry entry = only(paragraphs("""
                Types: deb
                URIs: http://a.example.org/
                Suites: ./
                Signed-By:
                 -----BEGIN PGP PUBLIC KEY BLOCK-----
                 .
                 mDMEYCQjIxYJ
                 =IE0r
                 -----END PGP PUBLIC KEY BLOCK-----
                """));
        assertThat(entry.signers().key()).contains("""
                -----BEGIN PGP PUBLIC KEY BLOCK-----

                mDMEYCQjIxYJ
                =IE0r
                -----END PGP PUBLIC KEY BLOCK-----
                """);
        assertThat(entry.signers().files()).isEmpty();
        assertThat(entry.signers().fingerprints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "URIs: http://x/\nSuites: ./\n", "Types: rpm\nURIs: http://x/\nSuites: ./\n",
                "Types: deb\nSuites: ./\n", "Types: deb\nURIs: http://x/\n", "Types: deb\nURIs: http://x/\nSuites: a\n",
                "Types: deb\nURIs: http://x/\nSuites: ./\nSigned-By:\n",
                "Types: deb\nURIs: http://x/\nSuites: ./\nSigned-By: ABCD\n",
                "Types: deb\nURIs: http://x/\nSuites: ./\nTrusted: perhaps\n"
            })
    void reportsWrongParagraphsAndKeepsOthers(String paragraph) {
        String good = "Types: deb\nURIs: http://y/\nSuites: ./\n";
        var reader = paragraphs(good + "\n" + paragraph + "\n" + good);
        assertThat(reader.entries()).hasSize(2);
        assertThat(reader.problems()).singleElement().satisfies(found -> assertThat(found.line()).isEqualTo(5));
    }

    @Test
    void reportsAFileThatIsNoSourcesFile() {
        var reader = paragraphs("deb http://x/ boulder main\n");
        assertThat(reader.entries()).isEmpty();
        assertThat(reader.problems()).singleElement().asString().contains("line 1");
    }

    @Test
    void boundsNumbers() {
        var reader = lines("deb http://x/ ./\n".repeat(SourcesListReader.MOST + 10));
        assertThat(reader.problems()).singleElement().asString().contains("more than");
        assertThat(lines("deb http://x/ a " + "b ".repeat(10_000)).problems()).hasSize(1);
    }

    @Test
    void neverFails() {
        Gen.of(List.of("deb", " ", "[", "]", "a=b", "signed-by=", "/x", "http://x/", "./", "\n", "\"", "#", "main"))
                .lists(0, 15)
                .check(2000, parts -> {
                    lines(String.join("", parts));
                    paragraphs(String.join("", parts));
                });
    }
}
