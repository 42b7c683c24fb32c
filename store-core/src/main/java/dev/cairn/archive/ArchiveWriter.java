// SPDX-License-Identifier: Apache-2.0
package dev.cairn.archive;

import dev.cairn.hash.BackgroundDigest;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes export archives: {@link #beginItem} and {@link Item} for each item, then {@link #end}. Never closes the
 * stream. Not safe for use by several threads.
 */
public final class ArchiveWriter {
    /** What separates contents and description: {@code NIXE}. */
    static final long MAGIC = 0x4558494eL;

    private final OutputStream out;

    /** Writes to {@code out}, which is not buffered here. */
    public ArchiveWriter(OutputStream out) {
        this.out = out;
    }

    /** Announces an item. */
    public void beginItem() throws IOException {
        out.write(number(1));
    }

    /** Ends the archive. */
    public void end() throws IOException {
        out.write(number(0));
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    }

    /**
     * Writes one item without the marks around it: its NAR to {@link #contents}, then {@link #describe}, then {@link
     * #sign}. The hash that is signed is taken on the way.
     */
    public static final class Item implements AutoCloseable {
        private final OutputStream out;
        private final BackgroundDigest digest = new BackgroundDigest(HashAlgorithm.SHA256);
        private final OutputStream hashed;

        /** Starts an item. @param out is not closed */
        public Item(OutputStream out) {
            this.out = out;
            this.hashed = digest.before(out);
        }

        /** Takes the item's NAR; not to be closed. */
        public OutputStream contents() {
            return hashed;
        }

        /** The SHA-256 of the NAR, once it is complete. */
        public Hash contentsHash() {
            return digest.hash();
        }

        /**
         * Writes what follows the contents.
         *
         * @return the hash that a signature is to be of; once
         */
        public Hash describe(ItemDescription description) throws IOException {
            hashed.write(number(MAGIC));
            string(description.path().toString());
            hashed.write(number(description.references().size()));
            for (StorePath reference : description.references()) {
                string(reference.toString());
            }
            string(description.deriver().map(Object::toString).orElse(""));
            return digest.hash();
        }

        /** Ends the item. @param signature the text of one, if there is to be one */
        public void sign(Optional<byte[]> signature) throws IOException {
            out.write(number(signature.isPresent() ? 1 : 0));
            if (signature.isPresent()) {
                out.write(encoded(signature.get()));
            }
            out.flush();
        }

        /** Ends what hashes in the background; the stream stays open. */
        @Override
        public void close() {
            digest.close();
        }

        private void string(String text) throws IOException {
            hashed.write(encoded(text.getBytes(StandardCharsets.ISO_8859_1)));
        }

        private static byte[] encoded(byte[] octets) {
            int padded = octets.length + 7 & ~7;
            return ByteBuffer.allocate(8 + padded)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(octets.length)
                    .put(octets)
                    .array();
        }
    }
}
