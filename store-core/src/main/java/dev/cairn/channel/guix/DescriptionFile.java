// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.ChangesSink;
import dev.cairn.catalog.ContentsSink;
import dev.cairn.catalog.PackageKey;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What people read of the packages of a revision: a file of rows by name, then version, compressed with zstd. It begins
 * with {@link #MAGIC} and the number of rows as 32 bits. A row is the number of its octets as 32 bits and a sequence of
 * texts: name, version, outputs, synopsis, description, home page, location and licences; a text is the number of its
 * octets as 32 bits and its UTF-8. Several texts in one are separated by newlines, and what is not there is empty:
 * outputs, where it is not for the system.
 */
final class DescriptionFile {
    static final int MAGIC = 0x47784432;

    /** How many a row has. */
    static final int TEXTS = 8;

    private DescriptionFile() {}

    /** A row as it is in the file. */
    static ByteBuffer row(GuixListing.Row row) {
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
        byte[][] octets = new byte[TEXTS][];
        int length = 0;
        for (int i = 0; i < TEXTS; i++) {
            octets[i] = texts[i].getBytes(StandardCharsets.UTF_8);
            length += Integer.BYTES + octets[i].length;
        }
        ByteBuffer record = ByteBuffer.allocate(Integer.BYTES + length).putInt(length);
        for (byte[] text : octets) {
            record.putInt(text.length).put(text);
        }
        return record.flip();
    }

    /** Gives the packages of a file that are for the system. @param channel by name */
    static void deliver(Path file, String channel, ContentsSink sink) throws IOException, CairnException {
        try (DescriptionReader rows = new DescriptionReader(file)) {
            while (rows.next()) {
                if (rows.hasOutputs()) {
                    sink.add(row(rows, channel));
                }
            }
        }
    }

    /** Gives what one file has otherwise than another, of packages that are for the system. @param channel by name */
    static void deliverChanges(Path before, Path after, String channel, ChangesSink sink)
            throws IOException, CairnException {
        try (DescriptionReader old = new DescriptionReader(before);
                DescriptionReader now = new DescriptionReader(after)) {
            boolean oldLeft = old.next();
            boolean nowLeft = now.next();
            while (oldLeft || nowLeft) {
                boolean same = oldLeft && nowLeft && old.isSame(now);
                int order = same ? 0 : !oldLeft ? 1 : !nowLeft ? -1 : compare(old, now);
                if (order >= 0 && !same && now.hasOutputs()) {
                    sink.add(row(now, channel));
                } else if (order <= 0 && !same && old.hasOutputs()) {
                    sink.remove(new PackageKey(channel, old.name(), old.version()));
                }
                oldLeft = order <= 0 ? old.next() : oldLeft;
                nowLeft = order >= 0 ? now.next() : nowLeft;
            }
        }
    }

    private static int compare(DescriptionReader one, DescriptionReader other) {
        int byName = one.name().compareTo(other.name());
        return byName != 0 ? byName : one.version().compareTo(other.version());
    }

    private static CatalogPackage row(DescriptionReader row, String channel) {
        ListedPackage one = row.listed();
        return new CatalogPackage(
                new PackageKey(channel, one.name(), one.version()),
                row.outputs(),
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
}
