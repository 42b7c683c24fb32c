// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.testing.Gen;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlReaderTest {
    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Paragraph one(String text) throws FormatException {
        byte[] data = octets(text);
        return ControlReader.paragraph("control", data, 0, data.length);
    }

    /** Gives at most {@code piece} octets at a time. */
    private static InputStream inPieces(byte[] data, int piece) {
        return new ByteArrayInputStream(data) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(piece, length));
            }
        };
    }

    private static List<Paragraph> stream(InputStream in, int longest) throws IOException, FormatException {
        var reader = new ControlReader("control", in, longest);
        List<Paragraph> paragraphs = new ArrayList<>();
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
            paragraphs.add(next.get());
        }
        return paragraphs;
    }

    @Test
    void readsFieldsWhateverTheCaseOfTheirNames() throws FormatException {
        Paragraph paragraph = one("Package: jq\nINSTALLED-size:  7 \nempty:\n");
        assertThat(paragraph.get("package")).contains("jq");
        assertThat(paragraph.getOrEmpty("Installed-Size")).isEqualTo("7");
        assertThat(paragraph.get("Empty")).contains("");
        assertThat(paragraph.get("Version")).isEmpty();
        assertThat(paragraph.has("EMPTY")).isTrue();
        assertThat(paragraph.names()).containsExactly("Package", "INSTALLED-size", "empty");
    }

    @Test
    void keepsLinesOfValues() throws FormatException {
        assertThat(one("D: one\n two  \n\tthree\n   indented\n .\n").get("D"))
                .contains("one\ntwo\nthree\n  indented\n.");
        assertThat(one("D:\n two\nE: x").get("D")).contains("\ntwo");
    }

    @Test
    void passesOverComments() throws FormatException {
        assertThat(one("# first\nA: 1\n# between\n 2\n#\nB: 3\n# last\n").get("A")).contains("1\n2");
        assertThat(ControlReader.all("control", octets("# only this\n\nA: 1\n\n#\n#\n"))).hasSize(1);
    }

    @Test
    void endsLinesWithCarriageReturnsToo() throws FormatException {
        List<Paragraph> paragraphs = ControlReader.all("control", octets("A: 1\r\n 2\r\n\r\nA: 3\r\n"));
        assertThat(paragraphs).map(p -> p.getOrEmpty("A")).containsExactly("1\n2", "3");
    }

    @Test
    void partsParagraphsAtEmptyLinesAndLinesOfSpace() throws FormatException {
        List<Paragraph> paragraphs = ControlReader.all("control", octets("\n\nA: 1\n\n \t\n\nA: 2\n \nA: 3"));
        assertThat(paragraphs).map(p -> p.getOrEmpty("A")).containsExactly("1", "2", "3");
        assertThat(paragraphs).map(Paragraph::line).containsExactly(3, 7, 9);
    }

    @Test
    void knowsLinesOfFields() throws FormatException {
        Paragraph second = ControlReader.all("control", octets("A: 1\n\n# x\nB: 1\n 2\nC: 3\n")).get(1);
        assertThat(second.line("C")).isEqualTo(6);
        assertThat(second.line("missing")).isEqualTo(second.line());
    }

    @Test
    void readsARangeOfOctets() throws FormatException {
        byte[] data = octets("A: 1\n\nA: 2\n 3\n\nA: 4\n");
        assertThat(ControlReader.paragraph("control", data, 6, 15).get("A")).contains("2\n3");
        assertThatThrownBy(() -> ControlReader.paragraph("control", data, 0, data.length))
                .hasMessage("control: line 3 starts a second paragraph");
    }

    @Test
    void readsTheSameInPiecesOfAnySize() {
        Gen.of(List.of("A: 1\n", " more\n", "\n", "Bcd: x\r\n", "#c\n", " \n", "E:\n", "F: é\n"))
                .lists(0, 12)
                .flatMap(lines -> Gen.integers(1, 9).map(piece -> new Object[] {String.join("", lines), piece}))
                .check(2000, example -> {
                    byte[] data = octets((String) example[0]);
                    assertThat(result(() -> stream(inPieces(data, (int) example[1]), 1 << 20)))
                            .isEqualTo(result(() -> ControlReader.all("control", data)));
                });
    }

    private interface Reading {
        List<Paragraph> read() throws IOException, FormatException;
    }

    private static String result(Reading reading) throws IOException {
        try {
            var text = new StringBuilder();
            for (Paragraph paragraph : reading.read()) {
                for (String name : paragraph.names()) {
                    text.append(name).append('=').append(paragraph.getOrEmpty(name)).append(';');
                    text.append(paragraph.line(name)).append('\n');
                }
                text.append("--\n");
            }
            return text.toString();
        } catch (FormatException e) {
            return e.getMessage();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A 1\n", ": 1\n", " A: 1\n", "A: 1\nB\n", "-A: 1\n", "A B: 1\n", "A\u0001: 1\n", "", "\n", "#\n"
            })
    void refusesWhatIsNoParagraph(String text) {
        assertThatThrownBy(() -> one(text)).isInstanceOf(FormatException.class);
    }

    @Test
    void refusesAFieldThatOccursTwice() {
        assertThatThrownBy(() -> one("Package: a\nVersion: 1\npackage: b\n"))
                .hasMessage("control: line 3: the field package occurs twice");
    }

    @Test
    void refusesTooManyFields() {
        var text = new StringBuilder();
        for (int i = 0; i <= ControlReader.MOST_FIELDS; i++) {
            text.append('F').append(i).append(": 1\n");
        }
        assertThatThrownBy(() -> one(text.toString())).hasMessageContaining("more than 256 fields");
    }

    @Test
    void refusesLongParagraphsWithoutReadingThemWhole() {
        String line = "A: " + "x".repeat(100) + "\n";
        assertThatThrownBy(() -> stream(inPieces(octets("B: 1\n\n" + line + " y".repeat(50)), 7), 100))
                .hasMessage("control: the paragraph at line 3 has more than 100 octets");
        var endless = new InputStream() {
            private long given;

            @Override
            public int read() {
                given++;
                return 'a';
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                given += length;
                Arrays.fill(target, offset, offset + length, (byte) 'a');
                return length;
            }
        };
        assertThatThrownBy(() -> stream(endless, 1 << 20)).isInstanceOf(FormatException.class);
        assertThat(endless.given).isLessThan(5 << 20);
    }

    @Test
    void readsAnyNumberOfEmptyLines() throws Exception {
        byte[] data = octets("\n".repeat(300_000) + "A: 1\n");
        assertThat(stream(inPieces(data, 50_000), 1000)).singleElement().satisfies(p -> assertThat(p.line())
                .isEqualTo(300_001));
    }

    @Test
    void showsWhatIsNoTextAsReplacementCharacters() throws FormatException {
        assertThat(one("A: x\u001b[1m\ty\n \u0000\n").get("A")).contains("x\ufffd[1m\ty\n\ufffd");
        byte[] latin = "A: \u00e9".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(ControlReader.paragraph("control", latin, 0, latin.length).get("A")).contains("\ufffd");
    }
}
