// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.derivation.Derivation;
import dev.cairn.http.Fetcher;
import dev.cairn.fs.Sealing;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;

/** What builds need of the store they build for. Safe for use by several threads. */
public interface BuildStore {
    StoreLayout layout();

    /** Downloads what builds need; shared by all builds of a store, so that they use each other's connections. */
    Fetcher fetcher();

    SortedSet<StorePath> valid(Collection<StorePath> paths) throws DaemonException;

    /** The closure under references, referenced items first. */
    List<PathInfo> requisites(Collection<StorePath> paths) throws DaemonException;

    /** Reads a valid {@code .drv} item. */
    Derivation derivation(StorePath path) throws DaemonException;

    /** Keeps items from being collected for the rest of the session. */
    void addTemporaryRoots(Collection<StorePath> paths) throws DaemonException;

    /**
     * Takes the path locks of {@code paths} in sorted order, waiting for other threads and processes (formats,
     * section 8.5).
     */
    PathLocks lock(Collection<StorePath> paths) throws DaemonException;

    /** Deletes what lies under the names of items that are not valid. The caller holds their locks. */
    void deleteInvalid(Collection<StorePath> paths) throws DaemonException;

    /**
     * Makes items valid in one transaction. Their files are in place, canonical; references are valid or among
     * {@code items}.
     */
    void register(Collection<PathInfo> items) throws DaemonException;

    /** Hard-links files of a newly registered item with equal ones (formats, section 8.2). */
    void deduplicate(StorePath item, Collection<Sealing.SharedFile> files) throws DaemonException;

    /** Locks on paths; closing without {@link #succeeded} leaves the empty lock files, as Guix does. */
    interface PathLocks extends AutoCloseable {
        /** The work is done: closing also deletes the lock files. */
        void succeeded();

        @Override
        void close();
    }
}
