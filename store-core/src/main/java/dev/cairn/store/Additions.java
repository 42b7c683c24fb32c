// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.TextItem;
import dev.cairn.fs.CanonicalMetadata;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.NarFiles;
import dev.cairn.gc.TemporaryRoots;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.hash.HashingInputStream;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.path.StorePaths;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Puts texts, files and trees into the store (formats, section 3.3). */
final class Additions {
    /** Makes the files of an item where nothing is. */
    @FunctionalInterface
    private interface Contents {
        void writeTo(Path destination) throws IOException;
    }

    /** Each holds a lock, and so a file descriptor, while they are added. */
    private static final int TEXTS_AT_ONCE = 100;

    private final OpenStore store;
    private final TemporaryRoots.Holder session;

    /** A text and the name that follows from it. */
    record Text(StorePath path, byte[] contents, SortedSet<StorePath> references) {}

    Additions(OpenStore store, TemporaryRoots.Holder session) {
        this.store = store;
        this.session = session;
    }

    StorePath text(String name, byte[] contents, Collection<StorePath> references) throws DaemonException {
        return texts(List.of(new TextItem(name, contents, references))).getFirst();
    }

    /** Adds in order, many in one transaction. */
    List<StorePath> texts(List<TextItem> items) throws DaemonException {
        List<Text> texts = new ArrayList<>(items.size());
        SortedSet<StorePath> needed = new TreeSet<>();
        for (TextItem item : items) {
            SortedSet<StorePath> references = new TreeSet<>(item.references());
            StorePath path = ItemNames.checked(
                    item.name(),
                    () -> StorePaths.text(directory(), item.name(), item.contents(), references));
            texts.add(new Text(path, item.contents(), references));
            needed.add(path);
            needed.addAll(references);
        }
        try (TemporaryRoots.Holder operation = session.operation()) {
            operation.add(needed);
            TextAdditions additions = new TextAdditions(store, store.database().valid(needed));
            for (int i = 0; i < texts.size(); i += TEXTS_AT_ONCE) {
                additions.add(texts.subList(i, Math.min(i + TEXTS_AT_ONCE, texts.size())));
            }
        } catch (IOException e) {
            throw DaemonException.of("adding '" + texts.getFirst().path() + "'", e);
        }
        return texts.stream().map(Text::path).toList();
    }

    StorePath tree(String name, Path source, boolean recursive, HashAlgorithm algorithm) throws DaemonException {
        try {
            if (!recursive && !Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
                throw new DaemonException.Refused(
                        "'" + source + "' is no regular file",
                        Optional.of("Trees and links can only be added recursively."));
            }
            Hash hash = recursive ? NarFiles.summarise(source, algorithm).hash() : contentHash(source, algorithm);
            StorePath path = ItemNames.checked(
                    name, () -> StorePaths.fixedOutput(directory(), name, hash, recursive));
            try (TemporaryRoots.Holder operation = session.operation()) {
                operation.add(List.of(path));
                Contents contents = recursive
                        ? destination -> NarFiles.dump(source, NarFiles.restore(destination))
                        : destination -> copyContents(source, destination);
                Check check = recursive
                        ? destination -> NarFiles.summarise(destination, algorithm).hash()
                        : destination -> contentHash(destination, algorithm);
                add(path, contents, new Expected(source, hash, check));
            }
            return path;
        } catch (IOException e) {
            throw DaemonException.of("adding '" + source + "' to the store", e);
        }
    }

    /** Hashes an item as its name was computed. */
    @FunctionalInterface
    private interface Check {
        Hash hash(Path destination) throws IOException;
    }

    /** What a source had before it was copied, and so what the copy must have. */
    private record Expected(Path source, Hash hash, Check check) {}

    private void add(StorePath path, Contents contents, Expected expected) throws DaemonException, IOException {
        if (store.database().isValid(path)) {
            return;
        }
        try (ItemLocks locks = ItemLocks.acquire(store.layout(), List.of(path))) {
            if (!store.database().isValid(path)) {
                Path destination = store.layout().physical(path);
                FileTrees.delete(destination);
                boolean complete = false;
                try {
                    contents.writeTo(destination);
                    CanonicalMetadata.apply(destination);
                    NarFiles.Summary summary = NarFiles.summarise(destination);
                    checkUnchanged(expected, destination);
                    store.deduplicator().deduplicate(destination);
                    complete = true;
                    new Registrar(store).register(List.of(new PathInfo(
                            path, summary.hash(), summary.size(), new TreeSet<>(), Optional.empty(), now())));
                } finally {
                    if (!complete) {
                        // Leaving it would be sound, too; but whoever ran out of space wants the space back.
                        FileTrees.deleteShielded(destination);
                    }
                }
            }
            locks.succeeded();
        }
    }

    private static void checkUnchanged(Expected expected, Path destination) throws DaemonException, IOException {
        if (!expected.check().hash(destination).equals(expected.hash())) {
            throw new DaemonException.Refused(
                    "'" + expected.source() + "' changed while it was added",
                    Optional.of("Try again when nothing writes to it."));
        }
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static void copyContents(Path source, Path destination) throws IOException {
        try (InputStream in = Files.newInputStream(source, LinkOption.NOFOLLOW_LINKS);
                OutputStream out = Files.newOutputStream(
                        destination,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE)) {
            in.transferTo(out);
        }
    }

    private static Hash contentHash(Path file, HashAlgorithm algorithm) throws IOException {
        try (HashingInputStream in =
                new HashingInputStream(algorithm, Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS))) {
            in.transferTo(OutputStream.nullOutputStream());
            return in.hash();
        }
    }

    private StoreDirectory directory() {
        return store.layout().storeDirectory();
    }
}
