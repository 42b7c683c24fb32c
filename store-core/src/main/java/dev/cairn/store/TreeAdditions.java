// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.Provenance;
import dev.cairn.error.FormatException;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.NarFiles;
import dev.cairn.gc.TemporaryRoots;
import dev.cairn.hash.BackgroundDigest;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.nar.NarReader;
import dev.cairn.nar.NarSink;
import dev.cairn.nar.NarTee;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.ContentAddress;
import dev.cairn.path.StorePath;
import dev.cairn.substitute.Unpacked;
import dev.cairn.path.StorePaths;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.TreeSet;

/** Puts files and trees into the store, those on disk and those in archives, in the one pass in which they are read. */
final class TreeAdditions {
    private final OpenStore store;
    private final TemporaryRoots.Holder session;
    private final boolean deduplicate;

    /** What was read: the hash that names the item, and that of its NAR. */
    private record Taken(Hash naming, Hash narHash, long narSize) {}

    TreeAdditions(OpenStore store, TemporaryRoots.Holder session, boolean deduplicate) {
        this.store = store;
        this.session = session;
        this.deduplicate = deduplicate;
    }

    /** Where trees come from. */
    private interface Source {
        void writeTo(NarSink sink) throws IOException, FormatException;
    }

    /** See {@link dev.cairn.daemon.Daemon#addNar}. */
    StorePath nar(String name, InputStream nar, boolean recursive, HashAlgorithm algorithm) throws DaemonException {
        try {
            return add(name, sink -> new NarReader(nar).read(sink), recursive, algorithm);
        } catch (IOException e) {
            throw DaemonException.of("adding '" + name + "' to the store", e);
        } catch (FormatException e) {
            throw new DaemonException.Refused(
                    "the archive of '" + name + "' is refused: " + e.getMessage(),
                    Optional.of("It must be canonical: entries sorted by name, and nothing that a writer would not "
                            + "write."),
                    Optional.of("bad archive: " + e.getMessage()));
        }
    }

    /** See {@link dev.cairn.daemon.Daemon#addTree}. */
    StorePath tree(String name, Path source, boolean recursive, HashAlgorithm algorithm) throws DaemonException {
        if (!recursive && !Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS) && FileTrees.exists(source)) {
            throw new DaemonException.Refused(
                    "'" + source + "' is no regular file",
                    Optional.of("Trees and links can only be added recursively."));
        }
        try {
            return add(name, sink -> NarFiles.dump(source, sink), recursive, algorithm);
        } catch (IOException e) {
            throw DaemonException.of("adding '" + source + "' to the store", e);
        } catch (FormatException e) {
            throw new IllegalStateException("a tree was dumped in another form", e);
        }
    }

    private StorePath add(String name, Source source, boolean recursive, HashAlgorithm algorithm)
            throws DaemonException, IOException, FormatException {
        try (TemporaryRoots.Holder operation = session.operation();
                Incoming incoming = new Incoming(store, operation, deduplicate)) {
            Unpacked unpacked = incoming.place();
            Taken taken = recursive
                    ? whole(source, algorithm, unpacked.restorer())
                    : file(source, algorithm, unpacked.restorer());
            StorePath path = ItemNames.checked(
                    name,
                    () -> StorePaths.fixedOutput(
                            store.layout().storeDirectory(), name, taken.naming(), recursive));
            ContentAddress address = new ContentAddress(
                    recursive ? ContentAddress.Method.RECURSIVE : ContentAddress.Method.FLAT, taken.naming());
            incoming.accept(
                    unpacked,
                    new PathInfo(
                            path,
                            taken.narHash(),
                            taken.narSize(),
                            new TreeSet<>(),
                            Optional.empty(),
                            Additions.now(),
                            Provenance.addressed(address.toString())));
            return path;
        }
    }

    private static Taken whole(Source source, HashAlgorithm algorithm, NarSink sink)
            throws IOException, FormatException {
        boolean same = algorithm == HashAlgorithm.SHA256;
        try (BackgroundDigest canonical = new BackgroundDigest(HashAlgorithm.SHA256);
                BackgroundDigest naming = new BackgroundDigest(algorithm)) {
            OutputStream nowhere = OutputStream.nullOutputStream();
            NarWriter writer = new NarWriter(canonical.before(same ? nowhere : naming.before(nowhere)));
            source.writeTo(new NarTee(writer, sink));
            writer.finish();
            Hash hash = canonical.hash();
            return new Taken(same ? hash : naming.hash(), hash, canonical.count());
        }
    }

    private static Taken file(Source source, HashAlgorithm algorithm, NarSink sink)
            throws DaemonException, IOException, FormatException {
        OneFile file = new OneFile(sink, algorithm);
        source.writeTo(file);
        return file.taken.orElseThrow(() -> new DaemonException.Refused(
                "what is to be added by the hash of its contents is no regular file",
                Optional.of("Trees and links can only be added recursively."),
                Optional.of("regular file expected")));
    }

    /** Passes on an archive that holds one file, as one that is not executable, and nothing of any other. */
    private static final class OneFile implements NarSink {
        private final NarSink sink;
        private final HashAlgorithm algorithm;
        private Optional<Taken> taken = Optional.empty();
        private boolean top = true;

        OneFile(NarSink sink, HashAlgorithm algorithm) {
            this.sink = sink;
            this.algorithm = algorithm;
        }

        @Override
        public void regular(boolean executable, long size, InputStream contents) throws IOException {
            if (!top) {
                return;
            }
            MessageDigest naming = algorithm.newBulkDigest();
            MessageDigest canonical = HashAlgorithm.SHA256.newBulkDigest();
            byte[] before = NarWriter.beforeContents(false, size);
            byte[] after = NarWriter.afterContents(size);
            canonical.update(before);
            sink.regular(false, size, new Digested(contents, naming, canonical));
            canonical.update(after);
            taken = Optional.of(new Taken(
                    Hash.from(algorithm, naming),
                    Hash.from(HashAlgorithm.SHA256, canonical),
                    before.length + size + after.length));
        }

        @Override
        public void symlink(String target) {
            top = false;
        }

        @Override
        public void directoryStart() {
            top = false;
        }

        @Override
        public void entry(String name) {
            // Nothing of a directory is wanted.
        }

        @Override
        public void directoryEnd() {
            // Nothing of a directory is wanted.
        }
    }

    /** Shows what is read to digests. */
    private static final class Digested extends InputStream {
        private final InputStream in;
        private final MessageDigest[] digests;

        Digested(InputStream in, MessageDigest... digests) {
            this.in = in;
            this.digests = digests;
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
                for (MessageDigest digest : digests) {
                    digest.update(octets, offset, n);
                }
            }
            return n;
        }
    }
}
