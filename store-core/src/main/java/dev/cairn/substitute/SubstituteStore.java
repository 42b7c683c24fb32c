// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;

/** What fetching needs of the store it fetches for. Safe for use by several threads. */
public interface SubstituteStore {
    StoreLayout layout();

    SortedSet<StorePath> valid(Collection<StorePath> paths) throws DaemonException;

    /** What is known of an item; empty when it is not valid. */
    Optional<PathInfo> info(StorePath path) throws DaemonException;

    /** Keeps items from being collected for the rest of the session. */
    void addTemporaryRoots(Collection<StorePath> paths) throws DaemonException;

    /**
     * Takes the path locks of {@code paths} (formats, section 8.5), or none of them.
     *
     * @return empty when another thread or process has one
     */
    Optional<PathLocks> tryLock(Collection<StorePath> paths) throws DaemonException;

    /** A new folder to unpack to. @param deduplicate whether equal files of what settles share their blocks */
    Staging staging(boolean deduplicate) throws DaemonException;
}
