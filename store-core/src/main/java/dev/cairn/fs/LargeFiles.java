// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import dev.cairn.encoding.Utf8;
import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.nar.NarNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Remembers one large file of a store for each size and start. Only files that agree in both can be equal, and large
 * ones seldom do; so that a large file that agrees with none need not be hashed for {@link Deduplicator}, which takes
 * much of the time of adding it. Should one come that agrees with it, it is hashed then. The size alone would not do:
 * what is cut in pieces has many files of one size.
 *
 * <p>What is remembered is {@code FOLDER/SIZE-START}, with the SHA-256 of the first 64 KiB: a line with the hash of the
 * file's NAR, or {@code -} as long as nobody needed it, and then the file's name relative to the store, in all its
 * octets, without a newline after it. Hashes are in base 32. The folder is outside the store and its {@code .links},
 * where other daemons check or delete what they do not know.
 *
 * <p>Records are advice and never proof: they are written without care for power failures, may be lost, be about what
 * is gone or another file by now, or be anything at all. A wrong one costs space or time. Whoever adds large files that
 * this does not know of, as other daemons do, has them found by going through the whole store.
 *
 * <p>Safe for use by several threads and processes; of two that remember at once, the last one is believed.
 */
public final class LargeFiles {
    /**
     * Files of so many octets or more are large: hashing one takes much longer than all that is done with its record.
     * Few files of a system are, but these have most of its octets.
     */
    private static final long LARGE = 1L << 20;

    /** Octets of a file's start; they cost little, as so many are read and written at once anyway. */
    private static final int START = 64 * 1024;

    private static final int MAX_RECORD = 8192;
    private static final byte[] NOT_HASHED = {'-'};

    private final Path store;
    private final Path folder;
    private final long large;

    /**
     * What a file must have in common with another to be equal to it.
     *
     * @param size octets
     * @param start SHA-256 of the first of them
     */
    record Mark(long size, Hash start) {
        /** That of a file with this start. */
        static Mark of(long size, byte[] start) {
            MessageDigest digest = HashAlgorithm.SHA256.newBulkDigest();
            digest.update(start);
            return new Mark(size, Hash.from(HashAlgorithm.SHA256, digest));
        }

        /** That of a file. */
        static Mark of(Path file, long size) throws IOException {
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                return of(size, in.readNBytes(START));
            }
        }
    }

    /**
     * A file on its way.
     *
     * @param contents all of them, to be read in place of those that were given
     * @param isNew whether it need not be hashed: it is large, and agrees with nothing
     */
    record Coming(InputStream contents, boolean isNew) {}

    /**
     * What is known of the files with a mark.
     *
     * @param file one of them, in the store and canonical, if the one remembered is there still
     * @param hash under which something of the size is linked, most likely it: when it is gone, perhaps another
     */
    record Known(Optional<Path> file, Optional<Hash> hash) {
        private static final Known NOTHING = new Known(Optional.empty(), Optional.empty());

        /** Whether there is no reason to think that the store has such a file. */
        boolean isNothing() {
            return file.isEmpty() && hash.isEmpty();
        }
    }

    /**
     * The records of a store.
     *
     * @param store the folder of the items
     * @param folder of the records; made when something is remembered
     */
    public LargeFiles(Path store, Path folder) {
        this(store, folder, LARGE);
    }

    LargeFiles(Path store, Path folder, long large) {
        this.store = store;
        this.folder = folder;
        this.large = large;
    }

    /** Whether a file is to be remembered. */
    boolean isLarge(long size) {
        return size >= large;
    }

    /** Looks at the start of a file that is on its way. */
    Coming look(long size, InputStream contents) throws IOException {
        if (!isLarge(size)) {
            return new Coming(contents, false);
        }
        byte[] start = contents.readNBytes(START);
        PushbackInputStream whole = new PushbackInputStream(contents, START);
        whole.unread(start);
        return new Coming(whole, find(Mark.of(size, start)).isNothing());
    }

    /** What is known of a mark. */
    Known find(Mark mark) {
        try {
            Path record = record(mark);
            return Files.isRegularFile(record, LinkOption.NOFOLLOW_LINKS)
                    ? parse(read(record), mark.size())
                    : Known.NOTHING;
        } catch (IOException | FormatException _) {
            // It is lost, damaged or somebody else's.
            return Known.NOTHING;
        }
    }

    /**
     * Forgets what is gone, and whatever else is in the folder, as far as it can be deleted; best when much has been.
     *
     * @throws InterruptedIOException when the thread is interrupted
     */
    public void forgetGone() throws InterruptedIOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (Path record : records()) {
            Interrupts.check();
            if (isGone(record)) {
                forget(record);
            }
        }
    }

    private List<Path> records() {
        try {
            return FileTrees.entries(folder);
        } catch (IOException _) {
            // The folder is somebody else's.
            return List.of();
        }
    }

    private static void forget(Path record) {
        try {
            Files.deleteIfExists(record);
        } catch (IOException _) {
            // It is a folder with something in it, or somebody else's; a record that stays does no harm.
        }
    }

    private boolean isGone(Path record) {
        try {
            String name = record.getFileName().toString();
            long size = Long.parseLong(name.substring(0, Math.max(0, name.indexOf('-'))));
            return !Files.isRegularFile(record, LinkOption.NOFOLLOW_LINKS)
                    || parse(read(record), size).isNothing();
        } catch (NumberFormatException | FormatException _) {
            return true;
        } catch (IOException _) {
            // Somebody else has just taken it away, or it is somebody else's.
            return false;
        }
    }

    private Path record(Mark mark) {
        return folder.resolve(mark.size() + "-" + mark.start().base32());
    }

    private static byte[] read(Path record) throws IOException, FormatException {
        try (InputStream in = Files.newInputStream(record, LinkOption.NOFOLLOW_LINKS)) {
            byte[] octets = in.readNBytes(MAX_RECORD + 1);
            if (octets.length > MAX_RECORD) {
                throw new FormatException("large file", "its record is too long");
            }
            return octets;
        }
    }

    private Known parse(byte[] octets, long size) throws FormatException {
        int line = 0;
        while (line < octets.length && octets[line] != '\n') {
            line++;
        }
        if (line == octets.length) {
            throw new FormatException("large file", "its record names no file");
        }
        byte[] first = Arrays.copyOf(octets, line);
        Optional<Hash> hash = Arrays.equals(first, NOT_HASHED)
                ? Optional.empty()
                : Optional.of(Hash.parse(HashAlgorithm.SHA256, new String(first, StandardCharsets.ISO_8859_1)));
        String name = Utf8.decodeAny(Arrays.copyOfRange(octets, line + 1, octets.length));
        return new Known(inStore(name, size), hash.filter(known -> isLinked(known, size)));
    }

    private boolean isLinked(Hash hash, long size) {
        Path link = store.resolve(".links").resolve(hash.base32());
        try {
            return Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS) && Files.size(link) == size;
        } catch (IOException _) {
            // A collection was here.
            return false;
        }
    }

    /** The file of a name, if no link leads there, and it is as the store has files and has the size. */
    private Optional<Path> inStore(String name, long size) throws FormatException {
        if (name.startsWith(".")) {
            throw new FormatException("large file", "its record names what is no item");
        }
        String[] parts = name.split("/", -1);
        Path file = store;
        try {
            for (int i = 0; i < parts.length; i++) {
                NarNames.check(parts[i]);
                file = Octets.resolve(file, Octets.ofText(parts[i]));
                if (i < parts.length - 1 && !FileTrees.attributes(file).isDirectory()) {
                    return Optional.empty();
                }
            }
            CanonicalMetadata.Entry found = CanonicalMetadata.Entry.read(file);
            return found.isCanonicalFile() && found.size() == size ? Optional.of(file) : Optional.empty();
        } catch (IOException _) {
            // It was collected, or somebody else may see it.
            return Optional.empty();
        }
    }

    /**
     * Remembers a file in place of any other with its mark; where that cannot be written, nothing is remembered.
     *
     * @param file at its place in an item
     * @param hash of its NAR; only what is linked has one
     */
    void remember(Path file, Mark mark, Optional<Hash> hash) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.writeBytes(hash.map(known -> known.base32().getBytes(StandardCharsets.US_ASCII)).orElse(NOT_HASHED));
        octets.write('\n');
        octets.writeBytes(Octets.of(store.relativize(file)));
        if (octets.size() > MAX_RECORD) {
            return;
        }
        try {
            AtomicFiles.writeUnsynced(record(mark), octets.toByteArray());
        } catch (IOException _) {
            // The disk is full, or the folder is somebody else's.
        }
    }
}
