// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.Provenance;
import dev.cairn.fs.CanonicalFile;
import dev.cairn.fs.Deduplicator;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.hash.HashingOutputStream;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.ContentAddress;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Adds many texts that may refer to each other. Their names are temporary roots already. Used by one thread. */
final class TextAdditions {
    private final OpenStore store;
    private final SortedSet<StorePath> valid;
    private final boolean deduplicate;

    /** @param valid those of the texts and their references that are */
    TextAdditions(OpenStore store, SortedSet<StorePath> valid, boolean deduplicate) {
        this.store = store;
        this.valid = valid;
        this.deduplicate = deduplicate;
    }

    /** Adds in order, those that are not valid in one transaction. */
    void add(List<Additions.Text> texts) throws DaemonException, IOException {
        List<Additions.Text> missing = new ArrayList<>();
        SortedSet<StorePath> paths = new TreeSet<>();
        for (Additions.Text text : texts) {
            requireValid(text.references(), paths);
            if (!valid.contains(text.path()) && paths.add(text.path())) {
                check(text);
                missing.add(text);
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        try (ItemLocks locks = ItemLocks.acquire(store.layout(), paths)) {
            valid.addAll(store.database().valid(paths));
            missing.removeIf(text -> valid.contains(text.path()));
            addLocked(missing);
            locks.succeeded();
        }
        valid.addAll(paths);
    }

    private void requireValid(SortedSet<StorePath> references, SortedSet<StorePath> before) throws DaemonException {
        for (StorePath reference : references) {
            if (!valid.contains(reference) && !before.contains(reference)) {
                throw DaemonException.NotValid.typographic(reference);
            }
        }
    }

    private void check(Additions.Text text) throws DaemonException {
        if (text.path().isDerivation()) {
            new Registrar(store)
                    .check(text.path(), store.derivations().parse(text.path(), text.contents()), text.references());
        }
    }

    private void addLocked(List<Additions.Text> missing) throws DaemonException, IOException {
        List<Path> written = new ArrayList<>();
        List<PathInfo> items = new ArrayList<>();
        boolean complete = false;
        try {
            for (Additions.Text text : missing) {
                Interrupts.check();
                Path destination = store.layout().physical(text.path());
                written.add(destination);
                items.add(write(text, destination));
            }
            complete = true;
            new Registrar(store).register(items);
        } finally {
            if (!complete) {
                // Leaving them would be sound, too; but whoever ran out of space wants the space back.
                for (Path destination : written) {
                    FileTrees.deleteShielded(destination);
                }
            }
        }
    }

    private PathInfo write(Additions.Text text, Path destination) throws IOException {
        try {
            CanonicalFile.write(destination, false, text.contents());
        } catch (FileAlreadyExistsException _) {
            // It is not valid: somebody began to write it, or to delete it.
            FileTrees.delete(destination);
            CanonicalFile.write(destination, false, text.contents());
        }
        if (deduplicate && text.contents().length >= Deduplicator.MIN_SIZE) {
            store.deduplicator().deduplicate(destination);
        }
        HashingOutputStream hashing = new HashingOutputStream(HashAlgorithm.SHA256);
        hashing.write(NarWriter.beforeContents(false, text.contents().length));
        hashing.write(text.contents());
        hashing.write(NarWriter.afterContents(text.contents().length));
        ContentAddress address = new ContentAddress(ContentAddress.Method.TEXT, Hash.sha256(text.contents()));
        return new PathInfo(
                text.path(),
                hashing.hash(),
                hashing.count(),
                text.references(),
                Optional.empty(),
                Additions.now(),
                Provenance.addressed(address.toString()));
    }
}
