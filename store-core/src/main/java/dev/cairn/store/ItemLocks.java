// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.fs.Interrupts;
import dev.cairn.fs.PosixLock;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import dev.cairn.substitute.PathLocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Locks on the names of items: {@code ITEM.lock} beside the item (formats, section 8.5). Deleting such a file leaves
 * its waiters with a file that has no name; the octet in it tells them to begin again.
 */
final class ItemLocks implements PathLocks {
    private static final Logger LOG = LoggerFactory.getLogger(ItemLocks.class);
    private static final byte[] DELETED = {'d'};

    private record Locked(Path file, PosixLock lock) {}

    private final List<Locked> held = new ArrayList<>();
    private boolean succeeded;

    private ItemLocks() {}

    /** Takes all the locks, in ascending order so that two that want the same ones cannot wait for each other. */
    static ItemLocks acquire(StoreLayout layout, Collection<StorePath> paths) throws IOException {
        ItemLocks locks = new ItemLocks();
        boolean complete = false;
        try {
            for (StorePath path : new TreeSet<>(paths)) {
                Path file = file(layout, path);
                PosixLock lock = acquire(() -> Optional.of(PosixLock.acquire(file, PosixLock.Mode.EXCLUSIVE)))
                        .orElseThrow();
                locks.held.add(new Locked(file, lock));
            }
            complete = true;
            return locks;
        } finally {
            if (!complete) {
                locks.close();
            }
        }
    }

    /** Takes all the locks, or none when somebody else has one. */
    static Optional<ItemLocks> tryAcquire(StoreLayout layout, Collection<StorePath> paths) throws IOException {
        ItemLocks locks = new ItemLocks();
        boolean complete = false;
        try {
            for (StorePath path : new TreeSet<>(paths)) {
                Path file = file(layout, path);
                Optional<PosixLock> lock = acquire(() -> PosixLock.tryAcquire(file, PosixLock.Mode.EXCLUSIVE));
                if (lock.isEmpty()) {
                    return Optional.empty();
                }
                locks.held.add(new Locked(file, lock.get()));
            }
            complete = true;
            return Optional.of(locks);
        } finally {
            if (!complete) {
                locks.close();
            }
        }
    }

    private static Path file(StoreLayout layout, StorePath path) {
        Path item = layout.physical(path);
        return item.resolveSibling(item.getFileName() + ".lock");
    }

    private interface Way {
        Optional<PosixLock> take() throws IOException;
    }

    /** Until the locked file is one that still has its name. */
    private static Optional<PosixLock> acquire(Way way) throws IOException {
        while (true) {
            Optional<PosixLock> lock = way.take();
            if (lock.isEmpty()) {
                return lock;
            }
            boolean alive = false;
            try {
                alive = lock.get().size() == 0;
                if (alive) {
                    return lock;
                }
            } finally {
                if (!alive) {
                    lock.get().close();
                }
            }
        }
    }

    @Override
    public void succeeded() {
        succeeded = true;
    }

    @Override
    public void close() {
        for (Locked each : held.reversed()) {
            try {
                Interrupts.shielded(() -> release(each));
            } catch (IOException e) {
                // The work itself is done, and a lock file that stays is harmless.
                LOG.warn("The lock {} was not removed", each.file(), e);
            }
        }
        held.clear();
    }

    private void release(Locked locked) throws IOException {
        try (PosixLock lock = locked.lock()) {
            if (succeeded) {
                lock.unlink();
                lock.append(DELETED);
            }
        }
    }
}
