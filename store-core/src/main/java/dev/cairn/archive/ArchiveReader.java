// SPDX-License-Identifier: Apache-2.0
package dev.cairn.archive;

import dev.cairn.archive.ArchiveException.Problem;
import dev.cairn.error.FormatException;
import dev.cairn.hash.BackgroundDigest;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.nar.NarReader;
import dev.cairn.nar.NarSink;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads export archives, part by part: {@link #next}, and if there is an item {@link #contents}, {@link #description}
 * and {@link #signature}, in this order. For input from anywhere: memory is bounded whatever the input says; and only
 * what a writer would write is taken.
 *
 * <p>Reads many small pieces and not an octet beyond the end, so give it a buffered stream. Never closes the stream;
 * closing this ends what hashes in the background.
 * Not safe for use by several threads.
 */
public final class ArchiveReader implements AutoCloseable {
    /** Octets of a signature; those of the largest RSA keys have a tenth of it. */
    public static final int MAX_SIGNATURE = 64 * 1024;

    /** References of one item. */
    public static final int MAX_REFERENCES = 1 << 20;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_PATH = 4096;

    private final Input in;
    private final StoreDirectory directory;

    /**
     * What an item holds, as read: its NAR is canonical, so this is what a later dump has.
     *
     * @param hash SHA-256 of the NAR
     * @param size octets of the NAR
     */
    public record Contents(Hash hash, long size) {}

    /**
     * What is known of an item.
     *
     * @param hash that its signature must be of
     */
    public record Described(ItemDescription description, Hash hash) {}

    /** @param directory the store whose items it must hold */
    public ArchiveReader(InputStream in, StoreDirectory directory) {
        this.in = new Input(in);
        this.directory = directory;
    }

    /** Whether another item follows; else the archive ends here. */
    public boolean next() throws IOException, ArchiveException {
        long mark = number();
        if (mark != 0 && mark != 1) {
            throw new ArchiveException(Problem.NO_ARCHIVE, "");
        }
        in.digest.reset();
        return mark == 1;
    }

    /** Gives an item's contents to {@code sink}, which has got some of them if this fails. */
    public Contents contents(NarSink sink) throws IOException, ArchiveException {
        NarReader reader = new NarReader(in);
        try {
            reader.read(sink);
        } catch (FormatException e) {
            throw in.ended
                    ? new ArchiveException(Problem.TRUNCATED, "within the contents of an item")
                    : new ArchiveException(Problem.BAD_CONTENTS, e.getMessage());
        }
        return new Contents(in.hash(), reader.bytesRead());
    }

    /** Reads what is said about the item. */
    public Described description() throws IOException, ArchiveException {
        if (number() != ArchiveWriter.MAGIC) {
            throw new ArchiveException(Problem.WRONG_FORMAT, "");
        }
        StorePath path = path(text());
        long count = number();
        if (count < 0 || count > MAX_REFERENCES) {
            throw new ArchiveException(Problem.DAMAGED, Long.toUnsignedString(count) + " references");
        }
        SortedSet<StorePath> references = new TreeSet<>();
        for (long i = 0; i < count; i++) {
            StorePath reference = path(text());
            if (!references.isEmpty() && references.last().compareTo(reference) >= 0) {
                throw new ArchiveException(Problem.DAMAGED, "references that are not in ascending order");
            }
            references.add(reference);
        }
        String deriver = text();
        Optional<StorePath> derivation = deriver.isEmpty() ? Optional.empty() : Optional.of(path(deriver));
        return new Described(new ItemDescription(path, references, derivation), in.hash());
    }

    /** Reads the text of the item's signature; empty when it is not signed. */
    public Optional<byte[]> signature() throws IOException, ArchiveException {
        long flag = number();
        if (flag == 0) {
            return Optional.empty();
        }
        if (flag != 1) {
            throw new ArchiveException(Problem.DAMAGED, "a signature is announced by " + Long.toUnsignedString(flag));
        }
        return Optional.of(string(MAX_SIGNATURE));
    }

    private StorePath path(String text) throws ArchiveException {
        try {
            return directory.parse(text);
        } catch (FormatException _) {
            throw new ArchiveException(Problem.BAD_PATH, text);
        }
    }

    private String text() throws IOException, ArchiveException {
        return new String(string(MAX_PATH), StandardCharsets.ISO_8859_1);
    }

    private byte[] string(int limit) throws IOException, ArchiveException {
        long length = number();
        if (length < 0 || length > limit) {
            throw new ArchiveException(
                    Problem.DAMAGED, "a text of " + Long.toUnsignedString(length) + " octets; the limit is " + limit);
        }
        byte[] octets = exactly((int) length);
        for (byte padding : exactly((int) (-length & 7))) {
            if (padding != 0) {
                throw new ArchiveException(Problem.DAMAGED, "padding is not zero");
            }
        }
        return octets;
    }

    private long number() throws IOException, ArchiveException {
        return (long) LONGS.get(exactly(8), 0);
    }

    private byte[] exactly(int length) throws IOException, ArchiveException {
        byte[] octets = in.readNBytes(length);
        if (octets.length < length) {
            throw new ArchiveException(Problem.TRUNCATED, "");
        }
        return octets;
    }

    @Override
    public void close() {
        in.digest.close();
    }

    /** Hashes what is read, and remembers whether the end was met. */
    private static final class Input extends InputStream {
        private final InputStream in;
        private final BackgroundDigest digest = new BackgroundDigest(HashAlgorithm.SHA256);
        private boolean ended;

        Input(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            int n = in.read(octets, offset, length);
            if (n > 0) {
                digest.update(octets, offset, n);
            } else if (n < 0) {
                ended = true;
            }
            return n;
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        /** The SHA-256 of what was read since the last reset. */
        Hash hash() {
            return digest.hash();
        }
    }
}
