// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import dev.cairn.error.FormatException;
import dev.cairn.fs.AtomicFiles;
import dev.cairn.narinfo.Compression;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.narinfo.NarinfoReader;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives that are kept compressed, where {@code guix publish} keeps them and finds them (formats, section 6.6): an
 * item is in the cache for a packing once its narinfo is in the folder of that packing. Every file appears by a
 * renaming and is complete from then on. Safe for use by several threads and processes.
 */
final class NarCache {
    private static final Logger LOG = LoggerFactory.getLogger(NarCache.class);
    private static final String NAR = ".nar";
    private static final String HASHES = "hashes";
    private static final int LONGEST_NAME = 512;

    /** Times of access are no more exact than that, so that serving a file does not mean writing each time. */
    private static final Duration GRAIN = Duration.ofHours(1);

    private final Path folder;
    private final StoreDirectory store;

    NarCache(Path folder, StoreDirectory store) {
        this.folder = folder;
        this.store = store;
    }

    Path folder() {
        return folder;
    }

    Path narFile(StorePath item, Packing packing) {
        return narFile(item, packing.compression());
    }

    Path narFile(StorePath item, Compression compression) {
        return folder(compression).resolve(item.baseName() + NAR);
    }

    Path narinfoFile(StorePath item, Packing packing) {
        return narinfoFile(item, packing.compression());
    }

    private Path narinfoFile(StorePath item, Compression compression) {
        return folder(compression).resolve(item.baseName() + Narinfo.SUFFIX);
    }

    private Path folder(Compression compression) {
        return folder.resolve(compression.id());
    }

    private Path hashFile(String hashPart) {
        return folder.resolve(HASHES).resolve(hashPart);
    }

    /** The item that once had this hash part, whether or not the store still has it. */
    Optional<StorePath> item(String hashPart) throws IOException {
        Optional<byte[]> octets = read(hashFile(hashPart), LONGEST_NAME);
        try {
            return octets.isPresent()
                    ? Optional.of(store.parse(new String(octets.get(), StandardCharsets.ISO_8859_1)))
                    : Optional.empty();
        } catch (FormatException e) {
            LOG.warn("The cache has a damaged file for {}: {}", hashPart, e.getMessage());
            return Optional.empty();
        }
    }

    /** What is kept of an item that is there in all of these packings. */
    Optional<Narinfo> narinfo(StorePath item, List<Packing> packings) throws IOException {
        for (Packing packing : packings) {
            if (!Files.isRegularFile(narFile(item, packing))) {
                return Optional.empty();
            }
        }
        return narinfo(item, packings.getFirst().compression());
    }

    /** What is said of an item beside its archive of one compression. */
    Optional<Narinfo> narinfo(StorePath item, Compression compression) throws IOException {
        Optional<byte[]> octets = read(narinfoFile(item, compression), Narinfo.MAX_LENGTH);
        try {
            return octets.isPresent() ? Optional.of(NarinfoReader.read(octets.get(), item)) : Optional.empty();
        } catch (FormatException e) {
            LOG.warn("The cache has a damaged narinfo of {}: {}", item, e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<byte[]> read(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(most + 1);
            return octets.length > most ? Optional.empty() : Optional.of(octets);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /** A file beside that of the archive, for it to be written to; another process never takes the same. */
    Path newNar(StorePath item, Packing packing) throws IOException {
        Files.createDirectories(folder(packing.compression()));
        return AtomicFiles.besides(narFile(item, packing));
    }

    /**
     * Puts an item in.
     *
     * @param written complete archives, one for each packing
     * @param narinfo what is said of the item, with the sizes of the archives
     */
    void add(StorePath item, List<Packing> packings, List<Path> written, byte[] narinfo) throws IOException {
        forget(item, packings);
        for (int i = 0; i < packings.size(); i++) {
            Files.move(written.get(i), narFile(item, packings.get(i)), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.createDirectories(folder.resolve(HASHES));
        AtomicFiles.write(hashFile(item.hashPart()), item.toString().getBytes(StandardCharsets.ISO_8859_1));
        // The first one last: it says that all of it is there.
        Path file = AtomicFiles.besides(narinfoFile(item, packings.getFirst()));
        AtomicFiles.write(file, narinfo);
        try {
            for (Packing other : packings.subList(1, packings.size())) {
                Files.createLink(narinfoFile(item, other), file);
            }
            Files.move(file, narinfoFile(item, packings.getFirst()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void forget(StorePath item, List<Packing> packings) throws IOException {
        for (Packing packing : packings) {
            Files.deleteIfExists(narinfoFile(item, packing));
        }
    }

    /** Says that something was asked for, as the times of access of the system may be out of use. */
    static void touch(Path file) {
        try {
            BasicFileAttributeView view = Files.getFileAttributeView(file, BasicFileAttributeView.class);
            BasicFileAttributes found = view.readAttributes();
            Instant now = Instant.now();
            if (found.lastAccessTime().toInstant().isBefore(now.minus(GRAIN))) {
                view.setTimes(null, FileTime.from(now), null);
            }
        } catch (IOException e) {
            // Whoever keeps the cache will make it again when it goes too early.
            LOG.debug("The time of access of {} could not be set", file, e);
        }
    }

    /** The folders of all packings that are there. */
    List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        for (Compression compression : Compression.values()) {
            Path place = folder.resolve(compression.id());
            if (Files.isDirectory(place)) {
                folders.add(place);
            }
        }
        return folders;
    }

    /** The item of which a file in the folder of a packing is. */
    Optional<StorePath> itemOf(Path narinfo) {
        String name = narinfo.getFileName().toString();
        try {
            return name.endsWith(Narinfo.SUFFIX)
                    ? Optional.of(store.item(name.substring(0, name.length() - Narinfo.SUFFIX.length())))
                    : Optional.empty();
        } catch (FormatException _) {
            return Optional.empty();
        }
    }

    /** Takes an item out of the folder of one packing; the last one takes its hash along. */
    void remove(StorePath item, Path place) throws IOException {
        Files.deleteIfExists(place.resolve(item.baseName() + Narinfo.SUFFIX));
        Files.deleteIfExists(place.resolve(item.baseName() + NAR));
        for (Path other : folders()) {
            if (Files.exists(other.resolve(item.baseName() + Narinfo.SUFFIX))) {
                return;
            }
        }
        Files.deleteIfExists(hashFile(item.hashPart()));
    }
}
