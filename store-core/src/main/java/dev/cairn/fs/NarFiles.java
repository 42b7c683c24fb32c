// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import dev.cairn.encoding.Utf8;
import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.hash.HashingOutputStream;
import dev.cairn.nar.NarNames;
import dev.cairn.nar.NarSink;
import dev.cairn.nar.NarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Trees on disk as archives and back. */
public final class NarFiles {
    private NarFiles() {}

    /**
     * What names the contents of a tree.
     *
     * @param hash of its NAR
     * @param size octets of its NAR
     */
    public record Summary(Hash hash, long size) {}

    /**
     * Writes a file, link or tree as one archive.
     *
     * @throws FileSystemException for a socket, pipe or device
     * @throws java.io.InterruptedIOException when the thread is interrupted
     */
    public static void dump(Path path, NarSink sink) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Interrupts.check();
        if (attributes.isRegularFile()) {
            try (InputStream contents = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
                boolean executable = attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
                sink.regular(executable, attributes.size(), contents);
            }
        } else if (attributes.isSymbolicLink()) {
            sink.symlink(Utf8.decodeAny(Symlinks.read(path)));
        } else if (attributes.isDirectory()) {
            dumpDirectory(path, sink);
        } else {
            throw new FileSystemException(
                    path.toString(), null, "only regular files, directories and symlinks can be archived");
        }
    }

    private static void dumpDirectory(Path directory, NarSink sink) throws IOException {
        Map<String, Path> entries = new TreeMap<>(NarNames.ORDER);
        List<Path> found = FileTrees.entries(directory);
        for (Path entry : found) {
            entries.put(Utf8.decodeAny(Octets.ofName(entry)), entry);
        }
        sink.directoryStart();
        for (Map.Entry<String, Path> entry : entries.entrySet()) {
            sink.entry(entry.getKey());
            dump(entry.getValue(), sink);
        }
        sink.directoryEnd();
    }

    /** Hashes the archive of a tree without keeping it. */
    public static Summary summarise(Path path, HashAlgorithm algorithm) throws IOException {
        HashingOutputStream out = new HashingOutputStream(algorithm);
        NarWriter writer = new NarWriter(out);
        dump(path, writer);
        writer.finish();
        return new Summary(out.hash(), out.count());
    }

    /** The SHA-256 and size of a tree's archive, as the store database holds them. */
    public static Summary summarise(Path path) throws IOException {
        return summarise(path, HashAlgorithm.SHA256);
    }

    /**
     * A sink that makes what it is told under {@code destination}, where nothing may be yet: files are created
     * exclusively, names are checked, nothing outside is touched. Metadata is left to {@link CanonicalMetadata}.
     */
    public static NarSink restore(Path destination) {
        return new NarRestorer(destination);
    }

    /** Makes files of the parts of an archive. */
    private static final class NarRestorer implements NarSink {
        private Path next;

        NarRestorer(Path destination) {
            this.next = destination.toAbsolutePath();
        }

        @Override
        public void regular(boolean executable, long size, InputStream contents) throws IOException {
            RestoredFile.write(next, executable, contents);
            next = next.getParent();
        }

        @Override
        public void symlink(String target) throws IOException {
            Symlinks.create(next, target);
            next = next.getParent();
        }

        @Override
        public void directoryStart() throws IOException {
            Interrupts.check();
            Files.createDirectory(next);
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
        public void directoryEnd() {
            next = next.getParent();
        }
    }
}
