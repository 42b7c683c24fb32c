// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.ContentsSink;
import dev.cairn.catalog.PackageKey;
import dev.cairn.error.CairnException;
import dev.cairn.fs.Interrupts;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What people read of the packages of a revision: a file of rows by name, compressed with zstd. It begins with {@link
 * #MAGIC} and the number of rows as 32 bits. A row is the number of its octets as 32 bits and a sequence of texts: name, version, outputs, synopsis,
 * description, home page, location and licences; a text is the number of its octets as 32 bits and its UTF-8. Several
 * texts in one are separated by newlines, and what is not there is empty: outputs, where it is not for the system.
 */
final class DescriptionFile {
    private static final int MAGIC = 0x47784432;
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST = 1 << 22;

    /** What changes daily need not be small at any price. */
    private static final int LEVEL = 1;

    private DescriptionFile() {}

    static void write(Path file, GuixListing listing) throws IOException {
        try (OutputStream raw = Files.newOutputStream(file);
                DataOutputStream out = new DataOutputStream(
                        new BufferedOutputStream(new ZstdOutputStreamNoFinalizer(raw, LEVEL), BUFFER))) {
            out.writeInt(MAGIC);
            out.writeInt(listing.rows().size());
            for (GuixListing.Row row : listing.rows()) {
                write(out, row);
            }
        }
    }

    private static void write(DataOutputStream out, GuixListing.Row row) throws IOException {
        ListedPackage one = row.description();
        String[] texts = {
            one.name(),
            one.version(),
            row.outputs().isEmpty() ? "" : String.join("\n", row.outputNames()),
            one.synopsis(),
            one.description(),
            one.homePage(),
            one.location(),
            String.join("\n", one.licenses())
        };
        byte[][] octets = new byte[texts.length][];
        int length = 0;
        for (int i = 0; i < texts.length; i++) {
            octets[i] = texts[i].getBytes(StandardCharsets.UTF_8);
            length += Integer.BYTES + octets[i].length;
        }
        ByteBuffer record = ByteBuffer.allocate(Integer.BYTES + length).putInt(length);
        for (byte[] text : octets) {
            record.putInt(text.length).put(text);
        }
        out.write(record.array());
    }

    /** Takes one row. @param outputs none where the package is not for the system */
    @FunctionalInterface
    private interface Rows {
        void row(ListedPackage one, List<String> outputs) throws CairnException;
    }

    /** Gives the packages of a file that are for the system. @param channel by name */
    static void deliver(Path file, String channel, ContentsSink sink) throws IOException, CairnException {
        read(file, (one, outputs) -> {
            if (!outputs.isEmpty()) {
                sink.add(row(one, outputs, channel));
            }
        });
    }

    /** All packages of a file. */
    static List<ListedPackage> packages(Path file) throws IOException, CairnException {
        List<ListedPackage> packages = new ArrayList<>();
        read(file, (one, _) -> packages.add(one));
        return packages;
    }

    private static void read(Path file, Rows rows) throws IOException, CairnException {
        try (InputStream raw = Files.newInputStream(file);
                DataInputStream in =
                        new DataInputStream(new BufferedInputStream(new ZstdInputStreamNoFinalizer(raw), BUFFER))) {
            if (in.readInt() != MAGIC) {
                throw new IOException("'" + file + "' is no file of descriptions");
            }
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                if (i % 1024 == 0) {
                    Interrupts.check();
                }
                row(in, rows);
            }
        }
    }

    private static void row(DataInputStream in, Rows rows) throws IOException, CairnException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("a row of " + length + " octets");
        }
        ByteBuffer record = ByteBuffer.wrap(in.readNBytes(length));
        try {
            String name = text(record);
            String version = text(record);
            List<String> outputs = texts(record);
            ListedPackage one = new ListedPackage(
                    name, version, text(record), text(record), text(record), text(record), texts(record));
            rows.row(one, outputs);
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("a row that is cut", e);
        }
    }

    private static CatalogPackage row(ListedPackage one, List<String> outputs, String channel) {
        return new CatalogPackage(
                new PackageKey(channel, one.name(), one.version()),
                outputs,
                one.synopsis(),
                one.description(),
                one.licenses(),
                Optional.of(one.homePage()).filter(address -> !address.isEmpty()),
                Optional.of(one.location()).filter(place -> !place.isEmpty()),
                List.of(),
                List.of(),
                List.of(),
                false,
                new TreeMap<>());
    }

    private static String text(ByteBuffer record) {
        int length = record.getInt();
        int start = record.position();
        record.position(start + length);
        return new String(record.array(), start, length, StandardCharsets.UTF_8);
    }

    private static List<String> texts(ByteBuffer record) {
        String text = text(record);
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }
}
