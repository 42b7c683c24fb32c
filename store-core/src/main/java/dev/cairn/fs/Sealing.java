// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import dev.cairn.encoding.Utf8;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.nar.NarNames;
import dev.cairn.nar.NarSink;
import dev.cairn.nar.NarWriter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes a new item canonical, archives it and finds out what its larger files are called by their contents: three
 * things that each need all of the tree, done in one walk because items may have many small files. Used by one thread.
 */
public final class Sealing {
    private final Path tree;
    private final NarSink sink;
    private final LargeFiles large;
    private final int user;
    private final List<SharedFile> files = new ArrayList<>();

    /**
     * A file that is large enough to share its octets with equal ones.
     *
     * @param name relative to the tree; empty for the tree itself
     * @param hash SHA-256 of its own NAR; empty when it is large and may well be equal to no other
     * @param size octets
     */
    public record SharedFile(Path name, Optional<Hash> hash, long size) {}

    private Sealing(Path tree, NarSink sink, LargeFiles large, int user) {
        this.tree = tree;
        this.sink = sink;
        this.large = large;
        this.user = user;
    }

    /**
     * Makes a tree canonical as {@link CanonicalMetadata} says and archives it.
     *
     * @param sink takes the archive
     * @param large what is known of the store's large files
     * @return its files that {@link Deduplicator} may share
     * @throws java.nio.file.FileSystemException when something in it is no regular file, directory or symlink, or has
     *     a name that is not UTF-8
     * @throws java.io.InterruptedIOException when the thread is interrupted
     */
    public static List<SharedFile> seal(Path tree, NarSink sink, LargeFiles large) throws IOException {
        Sealing sealing = new Sealing(tree, sink, large, CanonicalMetadata.ownUser());
        sealing.seal(tree);
        return List.copyOf(sealing.files);
    }

    private void seal(Path path) throws IOException {
        Interrupts.check();
        CanonicalMetadata.Entry entry = CanonicalMetadata.Entry.read(path);
        entry.begin(path, user);
        switch (entry.kind()) {
            case LINK -> sink.symlink(Utf8.decodeAny(Symlinks.read(path)));
            case FILE -> file(path, entry);
            case DIRECTORY -> directory(path);
        }
        entry.end(path);
    }

    private void directory(Path directory) throws IOException {
        Map<String, Path> entries = new TreeMap<>(NarNames.ORDER);
        for (Path entry : FileTrees.entries(directory)) {
            entries.put(Utf8.decodeAny(Octets.ofName(entry)), entry);
        }
        sink.directoryStart();
        for (Map.Entry<String, Path> entry : entries.entrySet()) {
            sink.entry(entry.getKey());
            seal(entry.getValue());
        }
        sink.directoryEnd();
    }

    private void file(Path path, CanonicalMetadata.Entry entry) throws IOException {
        try (InputStream contents = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            if (entry.size() < Deduplicator.MIN_SIZE) {
                sink.regular(entry.executable(), entry.size(), contents);
                return;
            }
            LargeFiles.Coming coming = large.look(entry.size(), contents);
            if (coming.isNew()) {
                sink.regular(entry.executable(), entry.size(), coming.contents());
                files.add(new SharedFile(tree.relativize(path), Optional.empty(), entry.size()));
                return;
            }
            MessageDigest digest = HashAlgorithm.SHA256.newBulkDigest();
            digest.update(NarWriter.beforeContents(entry.executable(), entry.size()));
            sink.regular(entry.executable(), entry.size(), new Digested(coming.contents(), digest));
            digest.update(NarWriter.afterContents(entry.size()));
            Hash hash = Hash.from(HashAlgorithm.SHA256, digest);
            files.add(new SharedFile(tree.relativize(path), Optional.of(hash), entry.size()));
        }
    }

    /** Shows what is read to a digest as well. */
    private static final class Digested extends FilterInputStream {
        private final MessageDigest digest;

        Digested(InputStream in, MessageDigest digest) {
            super(in);
            this.digest = digest;
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            if (octet >= 0) {
                digest.update((byte) octet);
            }
            return octet;
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            int n = super.read(octets, offset, length);
            if (n > 0) {
                digest.update(octets, offset, n);
            }
            return n;
        }
    }
}
