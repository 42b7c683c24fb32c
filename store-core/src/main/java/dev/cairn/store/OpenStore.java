// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.database.StoreDatabase;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.fs.Deduplicator;
import dev.cairn.fs.LargeFiles;
import dev.cairn.gc.TemporaryRoots;
import dev.cairn.http.Fetcher;
import dev.cairn.http.Patience;
import dev.cairn.http.Proxies;
import dev.cairn.layout.StoreLayout;
import dev.cairn.substitute.SubstituteNetwork;
import dev.cairn.substitute.SubstituteServers;
import dev.cairn.substitute.Substituter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What all sessions of this process with one store share: it has one database connection pool and one file of
 * temporary roots, because both are tied to the process by POSIX locks. Closed with its last session.
 */
final class OpenStore {
    /** Guards {@link #OPEN} and the count of sessions. */
    private static final ReentrantLock GUARD = new ReentrantLock();

    private static final Map<Path, OpenStore> OPEN = new HashMap<>();

    private final Path key;
    private final StoreLayout layout;
    private final StoreDatabase database;
    private final TemporaryRoots temporaryRoots;
    private final Derivations derivations;
    private final DerivationHasher<DaemonException> hasher;
    private final Fetcher fetcher;
    private final Fetcher narFetcher;
    private final SubstituteNetwork servers;
    private int sessions;

    private OpenStore(Path key, StoreLayout layout, StoreDatabase database, Proxies proxies) {
        this.key = key;
        this.layout = layout;
        this.database = database;
        this.temporaryRoots = new TemporaryRoots(layout);
        this.derivations = new Derivations(layout);
        this.fetcher = new Fetcher(proxies, Patience.USUAL);
        this.servers = new SubstituteNetwork(layout, proxies);
        this.narFetcher = new Fetcher(proxies, Patience.MOVING_ON, Substituter.MOST_AT_ONCE);
        this.hasher = new DerivationHasher<>(layout.storeDirectory(), derivations::read);
    }

    /** Takes part in the open store of a layout, opening it first if nobody has. */
    static OpenStore acquire(StoreLayout layout, Proxies proxies) throws DaemonException {
        GUARD.lock();
        try {
            StoreFolders.prepare(layout);
            Path key = key(layout);
            OpenStore store = OPEN.get(key);
            if (store == null) {
                StoreDatabase database = StoreDatabase.open(
                        layout.database(), layout.storeDirectory(), layout.places().schema());
                store = new OpenStore(key, layout, database, proxies);
                OPEN.put(key, store);
            }
            store.sessions++;
            return store;
        } finally {
            GUARD.unlock();
        }
    }

    private static Path key(StoreLayout layout) throws DaemonException {
        try {
            return layout.physicalStore().toRealPath();
        } catch (IOException e) {
            throw DaemonException.of("opening the store in '" + layout.root() + "'", e);
        }
    }

    /** Another session of the same store. */
    void join() {
        GUARD.lock();
        try {
            sessions++;
        } finally {
            GUARD.unlock();
        }
    }

    /** Ends the part of one session. */
    void release() throws DaemonException {
        GUARD.lock();
        try {
            sessions--;
            if (sessions > 0) {
                return;
            }
            OPEN.remove(key);
            try (database;
                    fetcher;
                    narFetcher;
                    servers) {
                temporaryRoots.close();
            } catch (IOException e) {
                throw DaemonException.of("dropping temporary roots", e);
            }
        } finally {
            GUARD.unlock();
        }
    }

    StoreLayout layout() {
        return layout;
    }

    StoreDatabase database() {
        return database;
    }

    TemporaryRoots temporaryRoots() {
        return temporaryRoots;
    }

    Fetcher fetcher() {
        return fetcher;
    }

    /** Downloads what others may have, too. */
    Fetcher narFetcher() {
        return narFetcher;
    }

    /** Servers of substitutes by their addresses; what they answered and the connections to them are kept. */
    SubstituteServers servers(List<String> urls) throws DaemonException {
        return servers.servers(urls);
    }

    Derivations derivations() {
        return derivations;
    }

    DerivationHasher<DaemonException> hasher() {
        return hasher;
    }

    Deduplicator deduplicator() {
        return new Deduplicator(layout.physicalStore(), largeFiles());
    }

    LargeFiles largeFiles() {
        return new LargeFiles(layout.physicalStore(), layout.largeFiles());
    }
}
