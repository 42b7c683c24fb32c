// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import dev.cairn.error.FormatException;
import dev.cairn.hash.BackgroundDigest;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.nar.NarNames;
import dev.cairn.nar.NarSink;
import dev.cairn.nar.NarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes an item of the parts of an archive, canonical at once (formats, section 8.1), and finds out what its larger
 * files are called by their contents: everything that storing an archive needs, in the one pass in which it is read.
 * Files are created exclusively, names are checked, nothing outside is touched. Used by one thread.
 */
public final class SealedRestorer implements NarSink {
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("r-xr-xr-x");
    private static final int BUFFER_SIZE = 64 * 1024;

    /** Files are hashed beside writing them from here on; smaller ones come beside others anyway. */
    private static final long HASHED_BESIDE = 8L << 20;

    private final Path destination;
    private final Optional<LargeFiles> shared;
    private final List<Sealing.SharedFile> files = new ArrayList<>();
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private Path next;

    /**
     * Prepares to make {@code destination}.
     *
     * @param destination where nothing is yet
     * @param shared what is known of the store's large files, if {@link #files} are wanted
     */
    public SealedRestorer(Path destination, Optional<LargeFiles> shared) {
        this.destination = destination.toAbsolutePath();
        this.next = this.destination;
        this.shared = shared;
    }

    /** The files that {@link Deduplicator} may share, named relative to the item; empty unless they were wanted. */
    public List<Sealing.SharedFile> files() {
        return List.copyOf(files);
    }

    /**
     * Does what remains once the item is at its place: as long as it may have to be moved, a directory must be
     * writable.
     */
    public static void finish(Path item) throws IOException {
        if (FileTrees.attributes(item).isDirectory()) {
            Files.setPosixFilePermissions(item, EXECUTABLE);
            CanonicalMetadata.setModified(item);
        }
    }

    @Override
    public void regular(boolean executable, long size, InputStream contents) throws IOException {
        Interrupts.check();
        if (shared.isEmpty() || size < Deduplicator.MIN_SIZE) {
            write(executable, contents, Optional.empty());
        } else {
            LargeFiles.Coming file = shared.get().look(size, contents);
            files.add(new Sealing.SharedFile(
                    destination.relativize(next), writeShared(executable, size, file), size));
        }
        next = next.getParent();
    }

    /** @return the hash of the file, if it needs one */
    private Optional<Hash> writeShared(boolean executable, long size, LargeFiles.Coming file) throws IOException {
        if (file.isNew()) {
            write(executable, file.contents(), Optional.empty());
            return Optional.empty();
        }
        try (BackgroundDigest digest = new BackgroundDigest(HashAlgorithm.SHA256, HASHED_BESIDE)) {
            byte[] before = NarWriter.beforeContents(executable, size);
            byte[] after = NarWriter.afterContents(size);
            digest.update(before, 0, before.length);
            write(executable, file.contents(), Optional.of(digest));
            digest.update(after, 0, after.length);
            return Optional.of(digest.hash());
        }
    }

    private void write(boolean executable, InputStream contents, Optional<BackgroundDigest> digest)
            throws IOException {
        try (CanonicalFile out = CanonicalFile.create(next, executable)) {
            int n;
            // Archives come in pieces that know nothing of files; most files are to be one write.
            while ((n = contents.readNBytes(buffer, 0, BUFFER_SIZE)) > 0) {
                if (digest.isPresent()) {
                    digest.get().update(buffer, 0, n);
                }
                out.write(buffer, n);
            }
            out.seal();
        }
    }

    @Override
    public void symlink(String target) throws IOException {
        Symlinks.create(next, target);
        CanonicalMetadata.setModified(next);
        next = next.getParent();
    }

    @Override
    public void directoryStart() throws IOException {
        Interrupts.check();
        Files.createDirectory(next);
        FileTrees.makeWritable(next);
    }

    @Override
    public void entry(String name) throws IOException {
        try {
            NarNames.check(name);
        } catch (FormatException e) {
            throw new IOException(e.getMessage(), e);
        }
        // Between the entries of a directory, "next" is that directory itself.
        next = Octets.resolve(next, Octets.ofText(name));
    }

    @Override
    public void directoryEnd() throws IOException {
        if (!next.equals(destination)) {
            finish(next);
        }
        next = next.getParent();
    }
}
