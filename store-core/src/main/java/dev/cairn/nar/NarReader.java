// SPDX-License-Identifier: Apache-2.0
package dev.cairn.nar;

import dev.cairn.encoding.Utf8;
import dev.cairn.error.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Reads one archive from a stream and takes only what {@link NarWriter} would write for the same tree: everything that
 * the column "Strict" of formats, section 2.3, says to reject is rejected. For input from anywhere: memory is bounded
 * whatever the input says.
 *
 * <p>Stops behind the last octet of the archive. Reads many small pieces, so give it a buffered stream. Never closes
 * the stream. Not safe for use by several threads.
 */
public final class NarReader {
    /** Directories deeper than this have no path that the system would take. */
    public static final int MAX_DEPTH = 2047;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] NO_NAME = {};

    private final InputStream in;
    private final long maximum;
    private final byte[] scratch = new byte[NarTokens.padded(NarNames.MAX_TARGET_LENGTH)];
    private long position;

    /** For each open directory the name of its latest entry. */
    private final Deque<byte[]> directories = new ArrayDeque<>();

    /** Reads an archive of any size. */
    public NarReader(InputStream in) {
        this(in, Long.MAX_VALUE);
    }

    /**
     * Reads an archive of limited size.
     *
     * @param maximum octets of the archive that are read at most
     */
    public NarReader(InputStream in, long maximum) {
        this.in = in;
        this.maximum = maximum;
    }

    /** Octets of the archive read so far. */
    public long bytesRead() {
        return position;
    }

    /**
     * Reads the archive; to be called once.
     *
     * @throws FormatException when it is not well-formed, ends early or exceeds the limit; {@code sink} has then got
     *     what came before
     * @throws IOException when the stream or {@code sink} throws it
     */
    public void read(NarSink sink) throws IOException, FormatException {
        expect(NarTokens.MAGIC);
        node(sink);
        while (!directories.isEmpty()) {
            String token = token();
            switch (token) {
                case NarTokens.ENTRY -> {
                    expect(NarTokens.OPEN);
                    expect(NarTokens.NAME);
                    sink.entry(name());
                    expect(NarTokens.NODE);
                    node(sink);
                }
                case NarTokens.CLOSE -> {
                    directories.pop();
                    sink.directoryEnd();
                    endNode();
                }
                default -> throw unexpected("an entry or the end of a directory", token);
            }
        }
    }

    /**
     * Checks that the stream ends here, for input that must be exactly one archive.
     *
     * @throws FormatException when there is another octet
     */
    public void expectEnd() throws IOException, FormatException {
        if (in.read() >= 0) {
            throw problem("octets follow the end of the archive");
        }
    }

    /** Reads a node up to its end, or up to the first entry if it is a directory. */
    private void node(NarSink sink) throws IOException, FormatException {
        expect(NarTokens.OPEN);
        expect(NarTokens.TYPE);
        String type = token();
        switch (type) {
            case NarTokens.REGULAR -> {
                regular(sink);
                closeNode();
            }
            case NarTokens.SYMLINK -> {
                expect(NarTokens.TARGET);
                sink.symlink(target());
                closeNode();
            }
            case NarTokens.DIRECTORY -> {
                if (directories.size() == MAX_DEPTH) {
                    throw problem("directories are nested more than " + MAX_DEPTH + " deep");
                }
                directories.push(NO_NAME);
                sink.directoryStart();
            }
            default -> throw unexpected("the type of a file", type);
        }
    }

    private void closeNode() throws IOException, FormatException {
        expect(NarTokens.CLOSE);
        endNode();
    }

    private void endNode() throws IOException, FormatException {
        if (!directories.isEmpty()) {
            expect(NarTokens.CLOSE);
        }
    }

    private void regular(NarSink sink) throws IOException, FormatException {
        String field = token();
        boolean executable = field.equals(NarTokens.EXECUTABLE);
        if (executable) {
            expect("");
            field = token();
        }
        if (!field.equals(NarTokens.CONTENTS)) {
            throw unexpected("the contents of a file", field);
        }
        long size = number();
        if (size < 0) {
            throw problem("a file is said to have 2^63 octets or more");
        }
        if (size > maximum - position) {
            throw problem("a file of " + size + " octets exceeds the limit of " + maximum + " for the archive");
        }
        Contents contents = new Contents(size);
        try {
            sink.regular(executable, size, contents);
            contents.skipRest();
        } catch (TruncatedException _) {
            throw truncated();
        } finally {
            contents.open = false;
        }
        int padding = (int) (-size & 7);
        fill(padding);
        checkPadding(0, padding);
    }

    private String name() throws IOException, FormatException {
        byte[] octets = string(NarNames.MAX_NAME_LENGTH, "a file name");
        String name = Utf8.decodeAny(octets);
        NarNames.check(name);
        byte[] previous = directories.pop();
        int order = Arrays.compareUnsigned(previous, octets);
        if (order >= 0) {
            throw problem(
                    order == 0
                            ? "the name " + NarNames.quoted(name) + " occurs twice in a directory"
                            : "the name " + NarNames.quoted(name) + " is not in ascending order");
        }
        directories.push(octets);
        return name;
    }

    private String target() throws IOException, FormatException {
        String target = Utf8.decodeAny(string(NarNames.MAX_TARGET_LENGTH, "a link target"));
        NarNames.encodeTarget(target);
        return target;
    }

    private void expect(String token) throws IOException, FormatException {
        String found = token();
        if (!found.equals(token)) {
            throw unexpected("'" + token + "'", found);
        }
    }

    private String token() throws IOException, FormatException {
        int length = stringIntoScratch(NarTokens.MAX_LENGTH, "a keyword");
        return new String(scratch, 0, length, StandardCharsets.ISO_8859_1);
    }

    private byte[] string(int limit, String what) throws IOException, FormatException {
        return Arrays.copyOf(scratch, stringIntoScratch(limit, what));
    }

    private int stringIntoScratch(int limit, String what) throws IOException, FormatException {
        long length = number();
        if (length < 0 || length > limit) {
            throw problem(
                    what + " of " + Long.toUnsignedString(length) + " octets where at most " + limit + " are possible");
        }
        int padded = NarTokens.padded((int) length);
        fill(padded);
        checkPadding((int) length, padded);
        return (int) length;
    }

    private long number() throws IOException, FormatException {
        fill(8);
        return (long) LONGS.get(scratch, 0);
    }

    private void fill(int length) throws IOException, FormatException {
        if (length > maximum - position) {
            throw problem("the archive exceeds the limit of " + maximum + " octets");
        }
        int got = in.readNBytes(scratch, 0, length);
        position += got;
        if (got < length) {
            throw truncated();
        }
    }

    private void checkPadding(int from, int to) throws FormatException {
        for (int i = from; i < to; i++) {
            if (scratch[i] != 0) {
                throw problem("padding is not zero");
            }
        }
    }

    private FormatException truncated() {
        return problem("the archive ends early");
    }

    private FormatException unexpected(String expected, String found) {
        return problem(NarNames.quoted(found) + " stands where " + expected + " was expected");
    }

    private FormatException problem(String text) {
        return new FormatException("NAR", "octet " + position + ": " + text);
    }

    /** The stream ended inside a file's contents; turned into a {@link FormatException} once the sink has let go. */
    private static final class TruncatedException extends IOException {
        TruncatedException() {
            super("the archive ends within the contents of a file");
        }
    }

    /** The contents of one file. */
    private final class Contents extends InputStream {
        private long left;
        private boolean open = true;

        Contents(long size) {
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            if (!open) {
                throw new IOException("the contents of this file have been passed");
            }
            if (left == 0) {
                return length == 0 ? 0 : -1;
            }
            int n = in.read(octets, offset, (int) Math.min(length, left));
            if (n < 0) {
                throw new TruncatedException();
            }
            left -= n;
            position += n;
            return n;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(left, in.available());
        }

        void skipRest() throws IOException {
            while (left > 0) {
                if (read(scratch, 0, scratch.length) < 0) {
                    return;
                }
            }
        }
    }
}
