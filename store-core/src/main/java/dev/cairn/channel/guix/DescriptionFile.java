// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.ContentsSink;
import dev.cairn.catalog.PackageKey;
import dev.cairn.channel.guix.source.Location;
import dev.cairn.error.CairnException;
import dev.cairn.fs.Interrupts;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What people read of the packages of a revision: a file of rows by name, compressed with zstd. It begins with {@link
 * #MAGIC} and the number of rows as 32 bits. A row is a sequence of texts: name, version, outputs, synopsis,
 * description, home page, location and licences; a text is the number of its octets as 32 bits and its UTF-8. Several
 * texts in one are separated by newlines, and what is not there is empty: outputs, where it is not for the system.
 */
final class DescriptionFile {
    private static final int MAGIC = 0x47784431;
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST = 1 << 20;

    private DescriptionFile() {}

    static void write(Path file, GuixListing listing) throws IOException {
        List<GuixListing.Row> rows = listing.rows();
        try (OutputStream raw = Files.newOutputStream(file);
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(new ZstdOutputStreamNoFinalizer(raw), BUFFER))) {
            out.writeInt(MAGIC);
            out.writeInt(rows.size());
            for (GuixListing.Row row : rows) {
                ListedPackage one = row.description();
                text(out, one.name());
                text(out, one.version());
                text(out, row.outputs().isEmpty() ? "" : String.join("\n", row.outputNames()));
                text(out, one.synopsis());
                text(out, one.description());
                text(out, one.homePage());
                text(out, one.location().map(Object::toString).orElse(""));
                text(out, String.join("\n", one.licenses()));
            }
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(octets.length);
        out.write(octets);
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
        String name = text(in);
        String version = text(in);
        List<String> outputs = texts(in);
        String synopsis = text(in);
        String description = text(in);
        String homePage = text(in);
        String location = text(in);
        Optional<Location> place =
                location.isEmpty() ? Optional.empty() : Optional.of(Location.parse(location));
        rows.row(new ListedPackage(name, version, synopsis, description, homePage, place, texts(in)), outputs);
    }

    private static CatalogPackage row(ListedPackage one, List<String> outputs, String channel) {
        return new CatalogPackage(
                new PackageKey(channel, one.name(), one.version()),
                outputs,
                one.synopsis(),
                one.description(),
                one.licenses(),
                Optional.of(one.homePage()).filter(address -> !address.isEmpty()),
                one.location().map(Location::toString),
                List.of(),
                List.of(),
                List.of(),
                false,
                new TreeMap<>());
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("a text of " + length + " octets");
        }
        byte[] octets = new byte[length];
        in.readFully(octets);
        return new String(octets, StandardCharsets.UTF_8);
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        String text = text(in);
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }
}
