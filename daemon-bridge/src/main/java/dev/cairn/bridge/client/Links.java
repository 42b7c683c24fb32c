// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.DaemonException.Unavailable;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one session.
 *
 * <ul>
 *   <li>One, the home, adds items and holds the session's temporary roots. Where it breaks, the next use opens
 *       another one and adds the roots again, so that they survive all but a daemon that collects in between.
 *   <li>A few serve questions, side by side; they hold nothing, and one that broke while it was idle is replaced.
 *   <li>Whatever takes long (builds, collections) has a connection of its own, which ends with it: so interrupting it
 *       ends nothing else.
 * </ul>
 */
final class Links implements AutoCloseable {
    /** Questions at a time. */
    static final int ABREAST = 4;

    private final DaemonAddress address;
    private final StoreDirectory store;
    private final AtomicBoolean closed = new AtomicBoolean();

    private final Deque<Link> idle = new ConcurrentLinkedDeque<>();
    private final Semaphore permits = new Semaphore(ABREAST);

    private final ReentrantLock homeLock = new ReentrantLock();
    private @Nullable Link home;
    private final Set<StorePath> held = new LinkedHashSet<>();
    private volatile @Nullable Dialect dialect;

    Links(DaemonAddress address, StoreDirectory store) {
        this.address = address;
        this.store = store;
    }

    /** A question as a connection has it. */
    interface Asking<T> extends Function<Link, Request<T>> {}

    /** Asks something that changes nothing. */
    <T> T query(Asking<T> asking) throws RemoteFailure, DaemonException {
        try {
            permits.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new DaemonException.Cancelled();
        }
        try {
            Link used = idle.poll();
            if (used != null) {
                try {
                    return query(used, asking);
                } catch (Unavailable _) {
                    // It may have been closed long ago, when the daemon was restarted; a new one tells.
                }
            }
            return query(open(), asking);
        } finally {
            permits.release();
        }
    }

    private <T> T query(Link link, Asking<T> asking) throws RemoteFailure, DaemonException {
        try {
            T answer = link.ask(asking.apply(link), Listener.NONE);
            if (closed.get()) {
                link.close();
            } else {
                idle.push(link);
            }
            return answer;
        } catch (RemoteFailure e) {
            // After some errors daemons close the connection, and do not say so.
            link.close();
            throw e;
        }
    }

    /** Connects for the first time. */
    void greet() throws DaemonException {
        Link link = open();
        dialect = link.dialect();
        idle.push(link);
    }

    /** Whose protocol the daemon speaks. */
    Dialect dialect() throws DaemonException {
        if (dialect == null) {
            greet();
        }
        return Objects.requireNonNull(dialect);
    }

    /**
     * Asks for something to be added, whose name is then a temporary root of this session.
     *
     * @param repeatable whether the request can be sent twice
     */
    StorePath add(Asking<StorePath> asking, boolean repeatable) throws RemoteFailure, DaemonException {
        homeLock.lock();
        try {
            boolean used = home != null;
            if (used && !repeatable) {
                ping();
            }
            StorePath added = atHome(asking, used && repeatable);
            held.add(added);
            return added;
        } finally {
            homeLock.unlock();
        }
    }

    private <T> T atHome(Asking<T> asking, boolean again) throws RemoteFailure, DaemonException {
        try {
            Link link = home();
            return link.ask(asking.apply(link), Listener.NONE);
        } catch (Unavailable e) {
            // The daemon may have been restarted since the home was last used.
            if (again) {
                return atHome(asking, false);
            }
            throw e;
        }
    }

    /** Finds out whether the home is still there, and if not, opens it anew. */
    private void ping() throws RemoteFailure, DaemonException {
        atHome(link -> new Requests(store, link).valid(List.of()), true);
    }

    /** Makes items temporary roots of this session. */
    void hold(Collection<StorePath> paths) throws RemoteFailure, DaemonException {
        homeLock.lock();
        try {
            for (StorePath path : paths) {
                if (!held.contains(path)) {
                    atHome(link -> new Requests(store, link).addTemporaryRoot(path), true);
                    held.add(path);
                }
            }
        } finally {
            homeLock.unlock();
        }
    }

    private void hold(Link link, StorePath path) throws RemoteFailure, DaemonException {
        link.ask(new Requests(store, link).addTemporaryRoot(path), Listener.NONE);
    }

    /** What this session holds. */
    Set<StorePath> held() {
        homeLock.lock();
        try {
            return Set.copyOf(held);
        } finally {
            homeLock.unlock();
        }
    }

    /** Does something while the session's temporary roots do not count; afterwards, they do again. */
    <T> T withoutRoots(Work<T> work) throws RemoteFailure, DaemonException {
        homeLock.lock();
        try {
            if (home != null) {
                home.part();
                home = null;
            }
            T result = work.run();
            if (!held.isEmpty()) {
                home();
            }
            return result;
        } finally {
            homeLock.unlock();
        }
    }

    /** Something that asks. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws RemoteFailure, DaemonException;
    }

    /** The home, opened anew where it broke: a daemon that was restarted is no reason to fail. */
    private Link home() throws RemoteFailure, DaemonException {
        Link link = home;
        if (link != null && link.isOpen()) {
            return link;
        }
        Link opened = open();
        home = opened;
        for (StorePath path : List.copyOf(held)) {
            hold(opened, path);
        }
        return opened;
    }

    /** A connection of the caller's own. */
    Link open() throws DaemonException {
        if (closed.get()) {
            throw new IllegalStateException("the session is closed");
        }
        return new Greeting(address).open();
    }

    @Override
    public void close() {
        closed.set(true);
        for (Link link = idle.poll(); link != null; link = idle.poll()) {
            link.close();
        }
        homeLock.lock();
        try {
            if (home != null) {
                home.part();
                home = null;
            }
        } finally {
            homeLock.unlock();
        }
    }
}
