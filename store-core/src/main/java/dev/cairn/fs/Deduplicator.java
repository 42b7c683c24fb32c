// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import dev.cairn.hash.Hash;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes files with equal contents in a store share one inode, by way of {@code .links/HASH} (formats, section 8.2).
 * Items keep their contents, metadata and hashes. Where the file system does not play along, files stay as they are.
 * Safe for use by several threads and processes.
 */
public final class Deduplicator {
    /** Files with fewer octets are left alone. */
    public static final long MIN_SIZE = 8192;

    private final Path store;
    private final Path links;
    private final LargeFiles large;

    /** Files that are known to be linked already. */
    private final Set<Object> linked;

    /**
     * What sharing saved.
     *
     * @param octets that are now stored once less
     * @param files whose octets those were
     */
    public record Saving(long octets, long files) {
        /** Nothing. */
        public static final Saving NONE = new Saving(0, 0);

        /** Both together. */
        public Saving plus(Saving other) {
            return new Saving(octets + other.octets, files + other.files);
        }
    }

    /**
     * One for a store.
     *
     * @param store the folder of the items; its subfolder {@code .links} must exist
     * @param large which of its large files are known
     */
    public Deduplicator(Path store, LargeFiles large) {
        this(store, large, Set.of());
    }

    private Deduplicator(Path store, LargeFiles large, Set<Object> linked) {
        this.store = store;
        this.links = store.resolve(".links");
        this.large = large;
        this.linked = linked;
    }

    /** One that need not read the files that are linked now: for going through a whole store. */
    public Deduplicator knowingWhatIsLinked() throws IOException {
        Set<Object> keys = new HashSet<>();
        for (Path link : FileTrees.entries(links)) {
            attributes(link).ifPresent(present -> keys.add(present.fileKey()));
        }
        return new Deduplicator(store, large, keys);
    }

    /**
     * Links the files of a canonical item.
     *
     * @throws java.io.InterruptedIOException when the thread is interrupted; the item is sound all the same
     */
    public Saving deduplicate(Path path) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isDirectory()) {
            Saving saving = Saving.NONE;
            for (Path entry : FileTrees.entries(path)) {
                saving = saving.plus(deduplicate(entry));
            }
            return saving;
        }
        boolean considered = attributes.isRegularFile()
                && attributes.size() >= MIN_SIZE
                && !attributes.permissions().contains(PosixFilePermission.OWNER_WRITE);
        if (!considered) {
            return Saving.NONE;
        }
        if (!linked.contains(attributes.fileKey())) {
            return deduplicate(path, Optional.of(NarFiles.summarise(path).hash()), attributes.size());
        }
        if (large.isLarge(attributes.size())) {
            LargeFiles.Mark mark = LargeFiles.Mark.of(path, attributes.size());
            if (large.find(mark).isNothing()) {
                large.remember(path, mark, Optional.empty());
            }
        }
        return Saving.NONE;
    }

    /**
     * Links files of a canonical item at its place. Large ones without a hash are remembered instead, unless one that
     * may be equal is.
     *
     * @throws java.io.InterruptedIOException when the thread is interrupted; the item is sound all the same
     */
    public Saving deduplicate(Path item, Collection<Sealing.SharedFile> files) throws IOException {
        Saving saving = Saving.NONE;
        for (Sealing.SharedFile file : files) {
            Interrupts.check();
            saving = saving.plus(deduplicate(item.resolve(file.name()), file.hash(), file.size()));
        }
        return saving;
    }

    private Saving deduplicate(Path file, Optional<Hash> hash, long size) throws IOException {
        if (!large.isLarge(size)) {
            return link(file, hash(file, hash), size);
        }
        LargeFiles.Mark mark = LargeFiles.Mark.of(file, size);
        LargeFiles.Known known = large.find(mark);
        Optional<Path> other = known.file().filter(found -> !found.equals(file));
        if (other.isEmpty() && known.hash().isEmpty() && hash.isEmpty()) {
            large.remember(file, mark, Optional.empty());
            return Saving.NONE;
        }
        Saving saving = other.isPresent() ? linkKnown(other.get(), known.hash(), size) : Saving.NONE;
        Hash own = hash(file, hash);
        saving = saving.plus(link(file, own, size));
        // The last one to come is the last one to go, most of the time.
        large.remember(file, mark, Optional.of(own));
        return saving;
    }

    private static Hash hash(Path file, Optional<Hash> known) throws IOException {
        return known.isPresent() ? known.get() : NarFiles.summarise(file).hash();
    }

    /** Links a file of which only a record tells, and with it perhaps a hash, which is not believed by itself. */
    private Saving linkKnown(Path file, Optional<Hash> hash, long size) throws IOException {
        try {
            if (hash.isPresent()) {
                Optional<PosixFileAttributes> present = attributes(links.resolve(hash.get().base32()));
                if (present.isPresent() && present.get().fileKey().equals(fileKey(file))) {
                    return Saving.NONE;
                }
            }
            return link(file, NarFiles.summarise(file).hash(), size);
        } catch (IOException _) {
            // It is being collected, or damaged, which is not the trouble of whoever adds something else.
            Interrupts.check();
            return Saving.NONE;
        }
    }

    private Saving link(Path file, Hash hash, long size) throws IOException {
        Path link = links.resolve(hash.base32());
        while (true) {
            switch (tryLink(link, file)) {
                case MADE, IMPOSSIBLE -> {
                    return Saving.NONE;
                }
                case THERE_IS_ONE -> {
                    Optional<PosixFileAttributes> present = attributes(link);
                    if (present.isEmpty()) {
                        continue;
                    }
                    if (present.get().size() == size) {
                        boolean same = present.get().fileKey().equals(fileKey(file));
                        return !same && replace(file, link) ? new Saving(size, 1) : Saving.NONE;
                    }
                    // Somebody or something damaged it; the items that share it are for verification to find.
                    Files.deleteIfExists(link);
                }
            }
        }
    }

    private static Object fileKey(Path file) throws IOException {
        return FileTrees.attributes(file).fileKey();
    }

    private enum Link {
        MADE,
        THERE_IS_ONE,
        IMPOSSIBLE
    }

    /** Makes the link, where the file system has room and hard links. */
    private static Link tryLink(Path link, Path file) throws NoSuchFileException {
        try {
            Files.createLink(link, file);
            return Link.MADE;
        } catch (FileAlreadyExistsException _) {
            return Link.THERE_IS_ONE;
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException _) {
            return Link.IMPOSSIBLE;
        }
    }

    private boolean replace(Path file, Path link) throws IOException {
        Path temporary = store.resolve(".tmp-link-" + ProcessHandle.current().pid() + "-"
                + Long.toUnsignedString(ThreadLocalRandom.current().nextLong()));
        try {
            Files.createLink(temporary, link);
        } catch (FileSystemException | UnsupportedOperationException _) {
            // The inode has as many names as it can have, or a collection has just removed the link.
            return false;
        }
        try {
            Interrupts.shielded(() -> {
                try {
                    rename(temporary, file);
                } finally {
                    Files.deleteIfExists(temporary);
                }
            });
            return true;
        } catch (NoSuchFileException e) {
            if (FileTrees.exists(file)) {
                // A collection took the temporary name for garbage, which stray names in the store are.
                return false;
            }
            throw e;
        }
    }

    private void rename(Path temporary, Path file) throws IOException {
        Path directory = file.getParent();
        if (directory.equals(store)) {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
        FileTrees.makeWritable(directory);
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.setPosixFilePermissions(directory, permissions);
            CanonicalMetadata.setModified(directory);
        }
    }

    private static Optional<PosixFileAttributes> attributes(Path path) throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }
}
