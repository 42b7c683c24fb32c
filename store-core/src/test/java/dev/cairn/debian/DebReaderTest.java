// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DebReaderTest {
    /** An archive of members, given as name and content by turns; a name may hold its own size behind a bar. */
    private static byte[] archive(String... members) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(ascii("!<arch>\n"));
        for (int i = 0; i < members.length; i += 2) {
            String content = members[i + 1];
            String[] name = members[i].split("\\|");
            String size = name.length > 1 ? name[1] : "" + content.length();
            out.writeBytes(ascii("%-16s%-12s%-6s%-6s%-8s%-10s`\n".formatted(name[0], "0", "0", "0", "100644", size)));
            out.writeBytes(ascii(content + (content.length() % 2 == 1 ? "\n" : "")));
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static DebReader reader(byte[] archive) {
        return new DebReader(new ByteArrayInputStream(archive));
    }

    private static String text(DebReader.Part part) throws Exception {
        return new String(part.content().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void readsPartsInOrder() throws Exception {
        var reader = reader(
                archive("debian-binary", "2.0\n", "control.tar.xz", "abc", "data.tar.zst", "d", "more", ""));
        DebReader.Part control = reader.control();
        assertThat(control.compression()).isEqualTo(Compression.XZ);
        assertThat(control.size()).isEqualTo(3);
        assertThat(text(control)).isEqualTo("abc");
        DebReader.Part data = reader.data();
        assertThat(data.name()).isEqualTo("data.tar.zst");
        assertThat(data.compression()).isEqualTo(Compression.ZSTD);
        assertThat(text(data)).isEqualTo("d");
    }

    @Test
    void readsNamesWithASlashBehindThem() throws Exception {
        var reader = reader(archive("debian-binary/", "2.1\nmore\n", "control.tar/", "abc", "data.tar.gz/", "d"));
        assertThat(reader.control().compression()).isEqualTo(Compression.NONE);
        assertThat(text(reader.data())).isEqualTo("d");
    }

    @Test
    void passesOverWhatWasNotReadAndOverMembersThatStartWithALowLine() throws Exception {
        byte[] archive = archive(
                "debian-binary", "2.0\n", "_gpg", "abc", "control.tar.gz", "abcde", "_x", "y", "data.tar.xz", "d");
        assertThat(text(reader(archive).data())).isEqualTo("d");
        var reader = reader(archive);
        DebReader.Part control = reader.control();
        assertThat(control.content().read()).isEqualTo('a');
        assertThat(text(reader.data())).isEqualTo("d");
        assertThat(control.content().read()).isEqualTo(-1);
    }

    @Test
    void readsAMemberWhoseFillingOctetIsMissing() throws Exception {
        byte[] archive = archive("debian-binary", "2.0\n", "control.tar", "c", "data.tar", "d");
        assertThat(text(reader(Arrays.copyOf(archive, archive.length - 1)).data())).isEqualTo("d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0\n", "3.0\n", "2\n", "2.x\n", "", "\n", "0.939000\n"})
    void refusesOtherFormats(String version) {
        byte[] archive = archive("debian-binary", version, "control.tar", "c", "data.tar", "d");
        assertThatThrownBy(() -> reader(archive).control())
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("format 2 was expected");
    }

    @Test
    void refusesMembersInAnotherOrder() {
        assertThatThrownBy(() -> reader(archive("control.tar", "")).control())
                .hasMessageContaining("the first member is not debian-binary but control.tar");
        assertThatThrownBy(() -> reader(archive("debian-binary", "2.0\n", "data.tar", "")).control())
                .hasMessageContaining("expected control.tar, not data.tar");
        assertThatThrownBy(() -> reader(archive("debian-binary", "2.0\n", "x", "")).control())
                .hasMessageContaining("expected control.tar, not x");
        assertThatThrownBy(() -> reader(archive("debian-binary", "2.0\n", "control.tar.Z", "")).control())
                .hasMessageContaining("expected control.tar, not control.tar.Z");
        assertThatThrownBy(() -> reader(archive("debian-binary", "2.0\n", "control.tar", "")).data())
                .hasMessageContaining("has no data.tar");
        assertThatThrownBy(() -> reader(archive()).control()).hasMessageContaining("without members");
    }

    @Test
    void refusesTruncatedArchives() throws Exception {
        byte[] archive = archive("debian-binary", "2.0\n", "control.tar", "cc", "data.tar", "0123456789");
        for (int length = 0; length < archive.length; length++) {
            var reader = reader(Arrays.copyOf(archive, length));
            assertThatThrownBy(() -> text(reader.data())).isInstanceOfAny(FormatException.class, EOFException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "#1/20", "//", "/", "", "a\tb"})
    void refusesOtherNames(String name) {
        assertThatThrownBy(() -> new ArReader(new ByteArrayInputStream(archive(name, ""))).next())
                .isInstanceOf(FormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"control.tar|-1", "control.tar|1x", "control.tar|0x10", "control.tar|99999999999"})
    void refusesWrongSizes(String member) {
        assertThatThrownBy(() -> reader(archive("debian-binary", "2.0\n", member, "c")).control())
                .isInstanceOf(FormatException.class);
    }

    @Test
    void refusesVeryLongControlParts() {
        assertThatThrownBy(() -> reader(archive("debian-binary", "2.0\n", "control.tar|9999999999", "c")).control())
                .hasMessageContaining("the control part has more than");
    }

    @Test
    void refusesWhatIsNoArchive() {
        assertThatThrownBy(() -> reader(ascii("<html>Not found</html>")).control())
                .hasMessage("ar archive: does not start as one");
        assertThatThrownBy(() -> reader(new byte[0]).control()).isInstanceOf(FormatException.class);
    }
}
