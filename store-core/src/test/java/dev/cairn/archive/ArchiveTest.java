// SPDX-License-Identifier: Apache-2.0
package dev.cairn.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.archive.ArchiveException.Problem;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.testing.Golden;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ArchiveTest {
    private static final byte[] SIGNED = Golden.octets("archive/signed.nar");
    private static final int FIRST_DESCRIPTION = 8 + 112;

    @Test
    void readsWhatGuixExported() throws Exception {
        ArchiveReader reader = reader(SIGNED);
        for (JsonNode item : Golden.json("archive/signed.json").get("items")) {
            assertThat(reader.next()).isTrue();
            reader.contents(new NarWriter(new ByteArrayOutputStream()));
            ArchiveReader.Described described = reader.description();
            assertThat(described.description().path()).hasToString(item.get("path").asString());
            assertThat(described.description().references())
                    .extracting(StorePath::toString)
                    .containsExactlyElementsOf(Golden.strings(item.get("references")));
            assertThat(described.description().deriver()).isEmpty();
            assertThat(described.hash().hex()).isEqualTo(item.get("hash").asString());
            assertThat(reader.signature().map(text -> new String(text, StandardCharsets.US_ASCII)))
                    .contains(item.get("signature").asString());
        }
        assertThat(reader.next()).isFalse();
    }

    @Test
    void writesWhatGuixExported() throws Exception {
        assertThat(copy(SIGNED)).isEqualTo(SIGNED);
        byte[] unsigned = Golden.octets("archive/unsigned.nar");
        assertThat(copy(unsigned)).isEqualTo(unsigned);
        byte[] empty = Golden.octets("archive/empty.nar");
        assertThat(copy(empty)).isEqualTo(empty);
    }

    @Test
    void writesReferencesAndDeriver() throws Exception {
        StorePath item = StoreDirectory.GNU.item("0".repeat(32) + "-item");
        StorePath other = StoreDirectory.GNU.item("1".repeat(32) + "-other");
        StorePath deriver = StoreDirectory.GNU.item("2".repeat(32) + "-item.drv");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveWriter writer = new ArchiveWriter(out);
        writer.beginItem();
        ArchiveWriter.Item written = new ArchiveWriter.Item(out);
        NarWriter contents = new NarWriter(written.contents());
        contents.regular(true, new byte[] {1, 2, 3});
        contents.finish();
        var hash = written.describe(
                new ItemDescription(item, new TreeSet<>(List.of(item, other)), Optional.of(deriver)));
        written.sign(Optional.empty());
        writer.end();

        ArchiveReader reader = reader(out.toByteArray());
        assertThat(reader.next()).isTrue();
        ArchiveReader.Contents read = reader.contents(new NarWriter(new ByteArrayOutputStream()));
        assertThat(read.size()).isEqualTo(152);
        ArchiveReader.Described described = reader.description();
        assertThat(described.description().references()).containsExactly(item, other);
        assertThat(described.description().deriver()).contains(deriver);
        assertThat(described.hash()).isEqualTo(hash);
        assertThat(reader.signature()).isEmpty();
        assertThat(reader.next()).isFalse();
    }

    @Test
    void saysThatItIsCutShortWhereverItIs() {
        for (int length = 0; length < SIGNED.length; length++) {
            byte[] cut = Arrays.copyOf(SIGNED, length);
            assertProblem(cut, Problem.TRUNCATED, "length " + length);
        }
    }

    @Test
    void tellsWhatElseIsWrong() {
        assertProblem(with(SIGNED, 0, 7), Problem.NO_ARCHIVE, "mark");
        assertProblem(with(SIGNED, 7, 0x80), Problem.NO_ARCHIVE, "mark of 2^63");
        assertProblem(with(SIGNED, 16, 'x'), Problem.BAD_CONTENTS, "magic of the NAR");
        assertProblem(with(SIGNED, FIRST_DESCRIPTION, 'n'), Problem.WRONG_FORMAT, "magic");
        assertProblem(with(SIGNED, FIRST_DESCRIPTION + 8 + 8, 'x'), Problem.BAD_PATH, "path");
        assertProblem(with(SIGNED, FIRST_DESCRIPTION + 8 + 7, 0x80), Problem.DAMAGED, "length of 2^63");
        assertProblem(with(SIGNED, FIRST_DESCRIPTION + 8 + 5, 1), Problem.DAMAGED, "length of 2^40");
        assertProblem(with(SIGNED, FIRST_DESCRIPTION + 8 + 8 + 49, 1), Problem.DAMAGED, "padding");
        assertProblem(with(SIGNED, FIRST_DESCRIPTION + 8 + 64 + 7, 0xff), Problem.DAMAGED, "number of references");
        assertProblem(with(SIGNED, FIRST_DESCRIPTION + 8 + 64 + 16, 2), Problem.DAMAGED, "flag");
        assertProblem(with(SIGNED, FIRST_DESCRIPTION + 8 + 64 + 26, 0x10), Problem.DAMAGED, "length of the signature");
    }

    @Test
    void wantsReferencesInOrder() {
        byte[] text = SIGNED.clone();
        int second = new String(SIGNED, StandardCharsets.ISO_8859_1).lastIndexOf("/gnu/store/lnqjid");
        text[second + "/gnu/store/".length()] = '0';
        assertProblem(text, Problem.DAMAGED, "order");
    }

    private static void assertProblem(byte[] archive, Problem problem, String what) {
        assertThatThrownBy(() -> copy(archive))
                .as(what)
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.problem()).as(what).isEqualTo(problem));
    }

    private static byte[] with(byte[] octets, int index, int value) {
        byte[] changed = octets.clone();
        changed[index] = (byte) value;
        return changed;
    }

    private static ArchiveReader reader(byte[] archive) {
        return new ArchiveReader(new ByteArrayInputStream(archive), StoreDirectory.GNU);
    }

    private static byte[] copy(byte[] archive) throws IOException, ArchiveException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveWriter writer = new ArchiveWriter(out);
        ArchiveReader reader = reader(archive);
        while (reader.next()) {
            writer.beginItem();
            ArchiveWriter.Item item = new ArchiveWriter.Item(out);
            NarWriter contents = new NarWriter(item.contents());
            ArchiveReader.Contents read = reader.contents(contents);
            contents.finish();
            assertThat(item.contentsHash()).isEqualTo(read.hash());
            ArchiveReader.Described described = reader.description();
            assertThat(item.describe(described.description())).isEqualTo(described.hash());
            item.sign(reader.signature());
        }
        writer.end();
        return out.toByteArray();
    }
}
