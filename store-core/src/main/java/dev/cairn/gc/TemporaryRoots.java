// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import dev.cairn.fs.Interrupts;
import dev.cairn.fs.PosixLock;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary roots of this process in one store: the file {@code temproots/PID} that collectors of other processes
 * read, under a lock that says this process lives (formats, section 9.2), and who in this process holds what.
 *
 * <p>A root is added while {@code gc.lock} is held shared, so never while a collection marks or deletes; after that it
 * is safe to find out whether the item is valid. Because collectors hold {@code gc.lock} exclusively, a lock for
 * writing on the file itself, which Guix's daemon takes in addition, would exclude nobody.
 *
 * <p>Safe for use by several threads.
 */
public final class TemporaryRoots implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TemporaryRoots.class);

    private final StoreLayout layout;
    private final Path file;
    private final ReentrantLock guard = new ReentrantLock();
    private final List<Holder> holders = new ArrayList<>();
    private final Set<StorePath> written = new HashSet<>();
    private @Nullable PosixLock lock;

    /** For one store; one object a process and store, as its file is tied to the process. */
    public TemporaryRoots(StoreLayout layout) {
        this.layout = layout;
        this.file = layout.tempRoots().resolve(Long.toString(ProcessHandle.current().pid()));
    }

    /** The file of this process, which nobody else in it may open. */
    Path file() {
        return file;
    }

    /** Somebody who needs items until closing this: a session, or one operation of a session. */
    public final class Holder implements AutoCloseable {
        private final Optional<Holder> session;
        private final Set<StorePath> paths = new HashSet<>();

        private Holder(Optional<Holder> session) {
            this.session = session;
        }

        /**
         * Keeps items, valid or not yet, from being collected. Waits while a collection runs.
         *
         * @throws java.io.InterruptedIOException when the thread is interrupted while waiting
         */
        public void add(Collection<StorePath> items) throws IOException {
            try (PosixLock _ = PosixLock.acquire(gcLock(layout), PosixLock.Mode.SHARED)) {
                guard.lock();
                try {
                    write(items);
                    paths.addAll(items);
                } finally {
                    guard.unlock();
                }
            }
        }

        /** An operation of this session, whose roots hold even against a collection by the same session. */
        public Holder operation() {
            return open(Optional.of(this));
        }

        /** Lets the items go; those of an operation pass to its session. */
        @Override
        public void close() {
            guard.lock();
            try {
                if (holders.remove(this)) {
                    session.ifPresent(owner -> owner.paths.addAll(paths));
                }
                if (holders.stream().allMatch(holder -> holder.paths.isEmpty())) {
                    drop();
                }
            } catch (IOException e) {
                // Other processes go on keeping items that nobody needs, until this one ends.
                LOG.warn("The temporary roots in {} were not removed", file, e);
            } finally {
                guard.unlock();
            }
        }
    }

    /** A new session. */
    public Holder session() {
        return open(Optional.empty());
    }

    private Holder open(Optional<Holder> session) {
        Holder holder = new Holder(session);
        guard.lock();
        try {
            holders.add(holder);
        } finally {
            guard.unlock();
        }
        return holder;
    }

    /** The file that collectors lock for themselves, and that is held shared by whoever must not meet one. */
    public static Path gcLock(StoreLayout layout) {
        return layout.state().resolve("gc.lock");
    }

    /** What this process holds, leaving out what a session holds outside its running operations. */
    Map<StorePath, String> heldBesides(Optional<Holder> session) {
        Map<StorePath, String> held = new TreeMap<>();
        String name = "pid " + ProcessHandle.current().pid();
        guard.lock();
        try {
            for (Holder holder : holders) {
                if (session.isEmpty() || holder != session.get()) {
                    holder.paths.forEach(path -> held.put(path, name));
                }
            }
        } finally {
            guard.unlock();
        }
        return held;
    }

    private void write(Collection<StorePath> items) throws IOException {
        PosixLock open = lock;
        if (open == null) {
            open = create();
            lock = open;
        }
        ByteArrayOutputStream added = new ByteArrayOutputStream();
        Set<StorePath> news = new HashSet<>(items);
        news.removeAll(written);
        for (StorePath path : news) {
            added.writeBytes(path.toString().getBytes(StandardCharsets.ISO_8859_1));
            added.write(0);
        }
        if (added.size() > 0) {
            open.append(added.toByteArray());
            written.addAll(news);
        }
    }

    private PosixLock create() throws IOException {
        // What is there was left by a dead process that had the same number.
        Files.deleteIfExists(file);
        return PosixLock.acquire(file, PosixLock.Mode.SHARED);
    }

    /** Removes the file, so that a process that runs for long does not keep what it once needed. */
    private void drop() throws IOException {
        PosixLock open = lock;
        lock = null;
        written.clear();
        if (open != null) {
            try (open) {
                Interrupts.shielded(() -> Files.deleteIfExists(file));
            }
        }
    }

    /** Ends all holders and removes the file. */
    @Override
    public void close() throws IOException {
        guard.lock();
        try {
            holders.clear();
            drop();
        } finally {
            guard.unlock();
        }
    }
}
