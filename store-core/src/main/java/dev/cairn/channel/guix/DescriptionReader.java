// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.cairn.fs.Interrupts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Goes through a {@link DescriptionFile}, row by row. Texts are made only of what is asked for: most rows are compared
 * or copied as they are. For one thread.
 */
final class DescriptionReader implements AutoCloseable {
    private static final int LONGEST = 1 << 22;
    private static final int OFTEN = 1024;

    private final Path file;
    private final InputStream in;
    private final int[] starts = new int[DescriptionFile.TEXTS];
    private final int[] ends = new int[DescriptionFile.TEXTS];
    private final int count;
    private byte[] buffer = new byte[1 << 16];
    private int left;
    /** Of the row, with its length before it. */
    private int start;

    private int end;
    private int filled;

    DescriptionReader(Path file) throws IOException {
        this.file = file;
        this.in = decompressed(file);
        boolean done = false;
        try {
            need(2 * Integer.BYTES);
            if (number(0) != DescriptionFile.MAGIC) {
                throw new DamagedRevision(file, "it is no file of descriptions");
            }
            this.count = number(Integer.BYTES);
            this.left = count;
            this.end = 2 * Integer.BYTES;
            done = true;
        } finally {
            if (!done) {
                in.close();
            }
        }
    }

    private static InputStream decompressed(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        try {
            return new ZstdInputStreamNoFinalizer(raw);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** How many rows there are. */
    int count() {
        return count;
    }

    /** Goes to the next row, the first one at first. @return whether there is one */
    boolean next() throws IOException {
        if (left <= 0) {
            return false;
        }
        left--;
        if (left % OFTEN == 0) {
            Interrupts.check();
        }
        start = end;
        need(Integer.BYTES);
        int length = number(start);
        if (length < 0 || length > LONGEST) {
            throw new DamagedRevision(file, "a row of " + length + " octets");
        }
        need(Integer.BYTES + length);
        end = start + Integer.BYTES + length;
        int position = start + Integer.BYTES;
        for (int i = 0; i < starts.length; i++) {
            int size = end - position < Integer.BYTES ? -1 : number(position);
            position += Integer.BYTES;
            if (size < 0 || size > end - position) {
                throw new DamagedRevision(file, "a row that is cut");
            }
            starts[i] = position;
            position += size;
            ends[i] = position;
        }
        return true;
    }

    /** Has so many octets from {@link #start} on be in the buffer. */
    private void need(int octets) throws IOException {
        if (filled - start >= octets) {
            return;
        }
        if (buffer.length - start < octets) {
            byte[] room = buffer.length < octets ? new byte[Integer.highestOneBit(octets) << 1] : buffer;
            System.arraycopy(buffer, start, room, 0, filled - start);
            buffer = room;
            filled -= start;
            start = 0;
        }
        while (filled - start < octets) {
            int read;
            try {
                read = in.read(buffer, filled, buffer.length - filled);
            } catch (IOException e) {
                Interrupts.check();
                throw new DamagedRevision(file, String.valueOf(e.getMessage()));
            }
            if (read < 0) {
                throw new DamagedRevision(file, "it ends too early");
            }
            filled += read;
        }
    }

    private int number(int position) {
        return ByteBuffer.wrap(buffer).getInt(position);
    }

    String name() {
        return text(0);
    }

    String version() {
        return text(1);
    }

    /** Names of outputs; none where it is not for the system. */
    List<String> outputs() {
        return texts(2);
    }

    boolean hasOutputs() {
        return ends[2] > starts[2];
    }

    ListedPackage listed() {
        return new ListedPackage(name(), version(), text(3), text(4), text(5), text(6), texts(7));
    }

    /** Whether all of the row is the same as that of another reader. */
    boolean isSame(DescriptionReader other) {
        return Arrays.equals(buffer, start, end, other.buffer, other.start, other.end);
    }

    /** The row as it is in the file. */
    ByteBuffer octets() {
        return ByteBuffer.wrap(buffer, start, end - start);
    }

    private String text(int index) {
        return new String(buffer, starts[index], ends[index] - starts[index], StandardCharsets.UTF_8);
    }

    private List<String> texts(int index) {
        String text = text(index);
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
