// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the two files of a revision, {@link DescriptionFile} and {@link ItemTable}, side by side. However rows come,
 * encoded here or copied from another revision, the same rows make the same files. For one thread.
 */
final class RevisionWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    /** What changes daily need not be small at any price. */
    private static final int LEVEL = 1;

    private final OutputStream descriptions;
    private final OutputStream items;
    private int left;
    private String supported = "";
    private int packages;
    private int unsupported;

    RevisionWriter(Path descriptions, Path items) throws IOException {
        this.descriptions = new BufferedOutputStream(compressed(descriptions), BUFFER);
        try {
            this.items = new BufferedOutputStream(Files.newOutputStream(items), BUFFER);
        } catch (IOException | RuntimeException e) {
            this.descriptions.close();
            throw e;
        }
    }

    private static OutputStream compressed(Path file) throws IOException {
        OutputStream raw = Files.newOutputStream(file);
        try {
            return new ZstdOutputStreamNoFinalizer(raw, LEVEL);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** To be called first. @param rows how many there will be */
    void begin(int rows) throws IOException {
        left = rows;
        descriptions.write(ByteBuffer.allocate(2 * Integer.BYTES).putInt(DescriptionFile.MAGIC).putInt(rows).array());
    }

    /** Adds a row, which comes after those before it by name, then version. */
    void add(GuixListing.Row row) throws IOException {
        count(row.description().name(), !row.outputs().isEmpty());
        write(DescriptionFile.row(row));
        items.write(ItemTable.lines(row).getBytes(StandardCharsets.US_ASCII));
    }

    /** Adds a row that is as it was in another revision. @param lines of the row there */
    void copy(DescriptionReader row, String name, ByteBuffer lines) throws IOException {
        count(name, row.hasOutputs());
        write(row.octets());
        items.write(lines.array(), lines.arrayOffset() + lines.position(), lines.remaining());
    }

    private void write(ByteBuffer octets) throws IOException {
        descriptions.write(octets.array(), octets.arrayOffset() + octets.position(), octets.remaining());
    }

    private void count(String name, boolean hasOutputs) {
        left--;
        if (!hasOutputs) {
            unsupported++;
        } else if (!name.equals(supported)) {
            supported = name;
            packages++;
        }
    }

    /** How many names have a package for the system. */
    int packages() {
        return packages;
    }

    /** How many packages are not for the system. */
    int unsupported() {
        return unsupported;
    }

    /** Whether as many rows came as were to. */
    boolean isWhole() {
        return left == 0;
    }

    @Override
    public void close() throws IOException {
        try (items) {
            descriptions.close();
        }
    }
}
