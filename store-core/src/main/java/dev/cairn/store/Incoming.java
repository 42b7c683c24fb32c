// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.error.FormatException;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.LargeFiles;
import dev.cairn.fs.SealedRestorer;
import dev.cairn.gc.TemporaryRoots;
import dev.cairn.path.StorePath;
import dev.cairn.substitute.Staging;
import dev.cairn.substitute.Unpacked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder in the store where items are unpacked whose names are only known afterwards, and the way from there to
 * their places. It has the name of an item that never is one and that is a temporary root, so collectors leave it
 * alone as long as this process lives and take it afterwards.
 */
final class Incoming implements Staging {
    private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);
    private static final String DIGITS = "0123456789abcdfghijklmnpqrsvwxyz";

    private final OpenStore store;
    private final TemporaryRoots.Holder operation;
    private final boolean deduplicate;
    private final Path folder;
    private final AtomicInteger count = new AtomicInteger();

    /** Guarded by this object's monitor. */
    private boolean made;

    /** @param operation keeps what comes in, and the folder; closed by the caller, afterwards */
    Incoming(OpenStore store, TemporaryRoots.Holder operation, boolean deduplicate) throws IOException {
        this.store = store;
        this.operation = operation;
        this.deduplicate = deduplicate;
        StorePath name = temporaryName();
        operation.add(List.of(name));
        this.folder = store.layout().physical(name);
    }

    private StorePath temporaryName() {
        StringBuilder hash = new StringBuilder();
        for (int i = 0; i < StorePath.HASH_LENGTH; i++) {
            hash.append(DIGITS.charAt(ThreadLocalRandom.current().nextInt(DIGITS.length())));
        }
        try {
            return store.layout().storeDirectory().item(hash + "-incoming");
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Unpacked place() throws IOException {
        makeFolder();
        Path place = folder.resolve(Integer.toString(count.getAndIncrement()));
        Optional<LargeFiles> shared = deduplicate ? Optional.of(store.largeFiles()) : Optional.empty();
        return new Unpacked(place, new SealedRestorer(place, shared));
    }

    private synchronized void makeFolder() throws IOException {
        if (!made) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            made = true;
        }
    }

    /**
     * Makes what was unpacked a valid item, unless it is one already.
     *
     * @param info of the item; its references are kept by the operation
     */
    void accept(Unpacked unpacked, PathInfo info) throws DaemonException, IOException {
        StorePath path = info.path();
        operation.add(List.of(path));
        if (store.database().isValid(path)) {
            return;
        }
        try (ItemLocks locks = ItemLocks.acquire(store.layout(), List.of(path))) {
            if (!store.database().isValid(path)) {
                settle(unpacked, info);
            }
            locks.succeeded();
        }
    }

    @Override
    public void settle(Unpacked unpacked, PathInfo info) throws DaemonException, IOException {
        Path destination = store.layout().physical(info.path());
        FileTrees.delete(destination);
        boolean complete = false;
        try {
            move(unpacked, destination);
            new Registrar(store).register(List.of(info));
            complete = true;
        } finally {
            if (!complete) {
                deleteUnlessValid(info.path(), destination);
            }
        }
        // Only what is valid may be known to others, who look for equal files.
        deduplicate(unpacked, destination);
    }

    private void move(Unpacked unpacked, Path destination) throws IOException {
        Files.move(unpacked.place(), destination, StandardCopyOption.ATOMIC_MOVE);
        SealedRestorer.finish(destination);
    }

    private void deduplicate(Unpacked unpacked, Path destination) throws IOException {
        store.deduplicator().deduplicate(destination, unpacked.restorer().files());
    }

    @Override
    public void replace(Unpacked unpacked, PathInfo info) throws IOException {
        Path destination = store.layout().physical(info.path());
        Path old = folder.resolve(Integer.toString(count.getAndIncrement()));
        if (FileTrees.exists(destination)) {
            if (Files.isDirectory(destination, LinkOption.NOFOLLOW_LINKS)) {
                FileTrees.makeWritable(destination);
            }
            Files.move(destination, old, StandardCopyOption.ATOMIC_MOVE);
        }
        move(unpacked, destination);
        deduplicate(unpacked, destination);
        FileTrees.delete(old);
    }

    /** A registration that was interrupted at its very end may have happened. */
    private void deleteUnlessValid(StorePath path, Path destination) throws IOException {
        boolean valid;
        try {
            valid = store.database().isValid(path);
        } catch (DaemonException e) {
            // The first failure is the one to tell; if the item is not valid, the next collection takes it.
            LOG.warn("Nobody knows whether {} is valid", destination, e);
            return;
        }
        if (!valid) {
            FileTrees.deleteShielded(destination);
        }
    }

    @Override
    public void discard(Unpacked unpacked) throws IOException {
        FileTrees.delete(unpacked.place());
    }

    @Override
    public void close() throws IOException {
        FileTrees.deleteShielded(folder);
    }
}
