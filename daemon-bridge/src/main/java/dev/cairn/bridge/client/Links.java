// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.DaemonException.Unavailable;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
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

    /** Asks for something to be added, whose name is then a temporary root of this session. */
    StorePath add(Asking<StorePath> asking) throws RemoteFailure, DaemonException {
        homeLock.lock();
        try {
            StorePath added = home().ask(asking.apply(home()), Listener.NONE);
            held.add(added);
            return added;
        } finally {
            homeLock.unlock();
        }
    }

    /** Makes items temporary roots of this session. */
    void hold(Collection<StorePath> paths) throws RemoteFailure, DaemonException {
        homeLock.lock();
        try {
            for (StorePath path : paths) {
                if (!held.contains(path)) {
                    hold(home(), path);
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
            return work.run();
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
        List<Link> all = new ArrayList<>(idle);
        idle.clear();
        homeLock.lock();
        try {
            if (home != null) {
                all.add(home);
                home = null;
            }
        } finally {
            homeLock.unlock();
        }
        all.forEach(Link::close);
    }
}
