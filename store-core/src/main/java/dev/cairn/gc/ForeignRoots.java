// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import dev.cairn.daemon.Root;
import dev.cairn.error.FormatException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import dev.cairn.fs.PosixLock;
import dev.cairn.layout.StoreLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The temporary roots of other processes (formats, section 9.3). Their files stay locked until this is closed, so that
 * their owners, other implementations' included, cannot add roots meanwhile.
 */
final class ForeignRoots implements AutoCloseable {
    private static final int MAX_SIZE = 256 * 1024 * 1024;
    private static final byte[] DELETED = {'d'};

    private final StoreLayout layout;
    private final List<PosixLock> locks = new ArrayList<>();
    private final List<Root> roots = new ArrayList<>();

    private ForeignRoots(StoreLayout layout) {
        this.layout = layout;
    }

    /**
     * Reads all of them.
     *
     * @param own the file of this process, which is left alone
     * @param removal is told of files of dead processes, which are deleted; empty to leave them
     */
    static ForeignRoots read(StoreLayout layout, Path own, Optional<Activities.Activity> removal) throws IOException {
        ForeignRoots foreign = new ForeignRoots(layout);
        boolean complete = false;
        try {
            for (Path file : FileTrees.entries(layout.tempRoots())) {
                if (!file.getFileName().equals(own.getFileName())) {
                    foreign.read(file, removal);
                }
            }
            complete = true;
            return foreign;
        } finally {
            if (!complete) {
                foreign.close();
            }
        }
    }

    /** The roots, also of items that are not valid. */
    List<Root> roots() {
        return roots;
    }

    private void read(Path file, Optional<Activities.Activity> removal) throws IOException {
        Optional<PosixLock> stale = PosixLock.tryAcquire(file, PosixLock.Mode.EXCLUSIVE);
        if (stale.isPresent()) {
            try (PosixLock lock = stale.get()) {
                if (removal.isPresent()) {
                    removal.get()
                            .message(Event.Verbosity.ERROR, "removing stale temporary roots file `" + file + "'");
                    Interrupts.shielded(() -> Files.deleteIfExists(file));
                    lock.append(DELETED);
                }
            }
            return;
        }
        // Nix holds the file for itself as long as it lives; it adds to it only when it gets gc.lock.
        PosixLock lock = PosixLock.acquireByFcntl(file, PosixLock.Mode.SHARED);
        locks.add(lock);
        String[] names = new String(lock.readAll(MAX_SIZE), StandardCharsets.ISO_8859_1).split("\0");
        for (String name : names) {
            try {
                roots.add(new Root(
                        Root.Kind.TEMPORARY, "pid " + file.getFileName(), layout.storeDirectory().parse(name)));
            } catch (FormatException _) {
                // Nothing that could be an item of this store, so nothing to protect.
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (PosixLock lock : locks) {
            lock.close();
        }
        locks.clear();
    }
}
