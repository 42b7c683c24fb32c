// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.derivation.Derivation;
import dev.cairn.http.Fetcher;
import dev.cairn.fs.Sealing;
import dev.cairn.path.StorePath;
import dev.cairn.substitute.SubstituteStore;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;

/** What builds need of the store they build for. Safe for use by several threads. */
public interface BuildStore extends SubstituteStore {
    /** Downloads what builds need; shared by all builds of a store, so that they use each other's connections. */
    Fetcher fetcher();

    /** The closure under references, referenced items first. */
    List<PathInfo> requisites(Collection<StorePath> paths) throws DaemonException;

    /** Reads a valid {@code .drv} item. */
    Derivation derivation(StorePath path) throws DaemonException;

    /** Whether an item is valid, and its files have the contents that are registered. */
    boolean hasItsContents(StorePath path) throws DaemonException;

    /** Those of some outputs whose build failed and is remembered as failed. */
    SortedSet<StorePath> failedBefore(Collection<StorePath> outputs) throws DaemonException;

    /** Remembers that the build of these outputs failed. */
    void rememberFailure(Collection<StorePath> outputs) throws DaemonException;

    /** Deletes what lies under the names of items that are not valid. The caller holds their locks. */
    void deleteInvalid(Collection<StorePath> paths) throws DaemonException;

    /**
     * Makes items valid in one transaction. Their files are in place, canonical; references are valid or among
     * {@code items}. Hash and size of what is valid already are brought up to date.
     */
    void register(Collection<PathInfo> items) throws DaemonException;

    /** Hard-links files of a newly registered item with equal ones (formats, section 8.2). */
    void deduplicate(StorePath item, Collection<Sealing.SharedFile> files) throws DaemonException;
}
