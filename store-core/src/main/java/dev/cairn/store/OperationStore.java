// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.build.BuildStore;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.Provenance;
import dev.cairn.database.KnownItems;
import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.FixedContents;
import dev.cairn.error.FormatException;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Sealing;
import dev.cairn.gc.TemporaryRoots;
import dev.cairn.http.Fetcher;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.ContentAddress;
import dev.cairn.path.StorePath;
import dev.cairn.substitute.PathLocks;
import dev.cairn.substitute.Staging;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What one running build of a session sees of the store. */
final class OperationStore implements BuildStore {
    private final OpenStore store;
    private final TemporaryRoots.Holder operation;

    /** What was found out about inputs, and so about what roots of this operation keep valid. */
    private final KnownItems known = new KnownItems();

    private final Map<StorePath, Derivation> given;

    OperationStore(OpenStore store, TemporaryRoots.Holder operation) {
        this(store, operation, Map.of());
    }

    /** @param given derivations that are no items, but shall be to this build */
    OperationStore(OpenStore store, TemporaryRoots.Holder operation, Map<StorePath, Derivation> given) {
        this.store = store;
        this.operation = operation;
        this.given = Map.copyOf(given);
    }

    @Override
    public StoreLayout layout() {
        return store.layout();
    }

    @Override
    public Fetcher fetcher() {
        return store.fetcher();
    }

    @Override
    public SortedSet<StorePath> valid(Collection<StorePath> paths) throws DaemonException {
        SortedSet<StorePath> valid = store.database().valid(paths);
        paths.stream().filter(given::containsKey).forEach(valid::add);
        return valid;
    }

    @Override
    public List<PathInfo> requisites(Collection<StorePath> paths) throws DaemonException {
        return store.database().requisites(paths, known);
    }

    @Override
    public Derivation derivation(StorePath path) throws DaemonException {
        Derivation known = given.get(path);
        if (known != null) {
            return known;
        }
        if (!store.database().isValid(path)) {
            throw new DaemonException.NotValid(path);
        }
        return store.derivations().read(path);
    }

    @Override
    public void addTemporaryRoots(Collection<StorePath> paths) throws DaemonException {
        try {
            operation.add(paths);
        } catch (IOException e) {
            throw DaemonException.of("adding temporary roots", e);
        }
    }

    @Override
    public Optional<PathLocks> tryLock(Collection<StorePath> paths) throws DaemonException {
        try {
            return ItemLocks.tryAcquire(store.layout(), paths).map(locks -> locks);
        } catch (IOException e) {
            throw DaemonException.of("locking " + paths, e);
        }
    }

    @Override
    public Staging staging(boolean deduplicate) throws DaemonException {
        try {
            return new Incoming(store, operation, deduplicate);
        } catch (IOException e) {
            throw DaemonException.of("making a folder in the store", e);
        }
    }

    @Override
    public Optional<PathInfo> info(StorePath path) throws DaemonException {
        return store.database().pathInfo(path);
    }

    @Override
    public boolean hasItsContents(StorePath path) throws DaemonException {
        Optional<PathInfo> info = store.database().pathInfo(path);
        return info.isPresent() && ItemContents.areThose(store.layout(), info.get());
    }

    @Override
    public SortedSet<StorePath> failedBefore(Collection<StorePath> outputs) throws DaemonException {
        return store.database().failedAmong(outputs);
    }

    @Override
    public void rememberFailure(Collection<StorePath> outputs) throws DaemonException {
        store.database().addFailed(outputs);
    }

    @Override
    public void deleteInvalid(Collection<StorePath> paths) throws DaemonException {
        SortedSet<StorePath> invalid = new TreeSet<>(paths);
        invalid.removeAll(store.database().valid(paths));
        for (StorePath path : invalid) {
            try {
                FileTrees.delete(store.layout().physical(path));
            } catch (IOException e) {
                throw DaemonException.of("deleting what is left of '" + path + "'", e);
            }
        }
    }

    @Override
    public void register(Collection<PathInfo> items) throws DaemonException {
        List<PathInfo> built = new ArrayList<>();
        for (PathInfo item : items) {
            built.add(item.with(new Provenance(true, ItemSignatures.ofBuilt(item, layout()), address(item))));
        }
        new Registrar(store).register(built);
    }

    /** Outputs of known contents are named by them. */
    private Optional<String> address(PathInfo built) throws DaemonException {
        if (built.deriver().isEmpty()) {
            return Optional.empty();
        }
        Derivation derivation = derivation(built.deriver().get());
        if (!derivation.isFixedOutput()) {
            return Optional.empty();
        }
        try {
            FixedContents contents =
                    FixedContents.of(derivation.outputs().firstEntry().getValue());
            ContentAddress address = new ContentAddress(
                    contents.recursive() ? ContentAddress.Method.RECURSIVE : ContentAddress.Method.FLAT,
                    contents.hash());
            return Optional.of(address.toString());
        } catch (FormatException e) {
            throw new IllegalStateException("the hash was compared with the contents", e);
        }
    }

    @Override
    public void deduplicate(StorePath item, Collection<Sealing.SharedFile> files) throws DaemonException {
        try {
            store.deduplicator().deduplicate(store.layout().physical(item), files);
        } catch (IOException e) {
            throw DaemonException.of("linking equal files of '" + item + "'", e);
        }
    }
}
