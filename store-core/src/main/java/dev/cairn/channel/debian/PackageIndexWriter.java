// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.PackageName;
import dev.cairn.error.FormatException;
import dev.cairn.fs.AtomicFiles;
import dev.cairn.fs.Interrupts;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Makes the file of a {@link PackageIndex} from indices of archives.
 *
 * <p>Format, all numbers big-endian: magic {@code CrnI}, version, CRC-32C of what follows (32 bits each); count of
 * indices (32 bits) and length of each (64 bits); count of paragraphs (32 bits) and for each of them number of its
 * index (32 bits), position in it (64 bits) and length (32 bits); {@link NameTable}s of the packages, of what they
 * provide, and of those that are essential.
 */
final class PackageIndexWriter {
    static final int MAGIC = 0x43726e49;
    static final int VERSION = 1;
    static final int HEADER = 12;
    static final int PARAGRAPH = 16;

    /** What cannot be read, for its name or its length, is found under this name. */
    static final String UNNAMED = "";

    private static final int MOST_PARAGRAPHS = 4_000_000;

    private final ByteArrayOutputStream paragraphs = new ByteArrayOutputStream();
    private final DataOutputStream paragraphData = new DataOutputStream(paragraphs);
    private final NameTable.Builder names = new NameTable.Builder();
    private final NameTable.Builder provided = new NameTable.Builder();
    private final NameTable.Builder essential = new NameTable.Builder();
    private int count;

    private PackageIndexWriter() {}

    /** Replaces {@code file} by an index over files of control paragraphs. */
    static void write(Path file, List<Path> indices) throws IOException {
        PackageIndexWriter writer = new PackageIndexWriter();
        for (int i = 0; i < indices.size(); i++) {
            writer.scan(indices.get(i), i);
        }
        AtomicFiles.write(file, writer.contents(indices));
    }

    private void scan(Path index, int number) throws IOException {
        try (ParagraphScanner scanner = new ParagraphScanner(index)) {
            try {
                while (count < MOST_PARAGRAPHS && scanner.next()) {
                    if (count % 4096 == 0) {
                        Interrupts.check();
                    }
                    addNames(scanner, add(number, scanner.offset(), scanner.length()));
                }
            } catch (FormatException _) {
                // The rest is passed over; who reads this one is told why.
                names.add(UNNAMED, add(number, scanner.offset(), 0));
            }
        }
    }

    private int add(int index, long offset, int length) throws IOException {
        paragraphData.writeInt(index);
        paragraphData.writeLong(offset);
        paragraphData.writeInt(length);
        return count++;
    }

    private void addNames(ParagraphScanner scanner, int paragraph) {
        String name = scanner.field("Package").filter(PackageName::isValid).orElse(UNNAMED);
        names.add(name, paragraph);
        Optional<String> provides = scanner.field("Provides");
        if (provides.isPresent()) {
            for (String relation : provides.get().split(",")) {
                String virtual = relation.strip().split("[ (:]", 2)[0];
                if (PackageName.isValid(virtual)) {
                    provided.add(virtual, paragraph);
                }
            }
        }
        if (scanner.field("Essential").filter("yes"::equalsIgnoreCase).isPresent()) {
            essential.add(name, paragraph);
        }
    }

    private byte[] contents(List<Path> indices) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeInt(indices.size());
        for (Path index : indices) {
            out.writeLong(Files.size(index));
        }
        out.writeInt(count);
        paragraphs.writeTo(out);
        names.writeTo(out);
        provided.writeTo(out);
        essential.writeTo(out);
        byte[] octets = body.toByteArray();
        CRC32C sum = new CRC32C();
        sum.update(octets);
        ByteArrayOutputStream file = new ByteArrayOutputStream(octets.length + HEADER);
        DataOutputStream head = new DataOutputStream(file);
        head.writeInt(MAGIC);
        head.writeInt(VERSION);
        head.writeInt((int) sum.getValue());
        file.write(octets);
        return file.toByteArray();
    }
}
