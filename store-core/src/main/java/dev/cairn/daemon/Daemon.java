// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.event.EventSink;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A session with a store: what can be asked of it and done to it. The store of this process, a daemon behind a socket
 * and the fake that tests use are implementations; one contract suite runs against all of them.
 *
 * <p>Safe for use by several threads. Calls block; long ones take an {@link EventSink} and end with
 * {@link DaemonException.Cancelled} when the calling thread is interrupted, leaving nothing half-done. Items that a
 * session added or realised are temporary roots until it is closed.
 */
public interface Daemon extends AutoCloseable {
    /** The logical name of the store. */
    StoreDirectory storeDirectory();

    /**
     * Another session with the same store. A session's own temporary roots protect nothing from a collection that the
     * same session runs, so whoever works in several steps, a transaction above all, does that in a session of its
     * own. The caller closes it.
     */
    Daemon newSession() throws DaemonException;

    /** Where an item's files can be read on this machine, whether or not the item is valid. */
    Path physical(StorePath item);

    boolean isValid(StorePath path) throws DaemonException;

    /** The valid ones among {@code paths}. */
    SortedSet<StorePath> valid(Collection<StorePath> paths) throws DaemonException;

    /** What is known of an item; empty when it is not valid. */
    Optional<PathInfo> pathInfo(StorePath path) throws DaemonException;

    /** The valid item with this hash part, if any. */
    Optional<StorePath> pathFromHashPart(String hashPart) throws DaemonException;

    /** The valid items that refer to {@code path}. */
    SortedSet<StorePath> referrers(StorePath path) throws DaemonException;

    /** The valid derivations that have {@code path} among their outputs. */
    SortedSet<StorePath> validDerivers(StorePath path) throws DaemonException;

    /** Output name to path for a valid derivation. */
    SortedMap<String, StorePath> derivationOutputs(StorePath derivation) throws DaemonException;

    /**
     * The closure of {@code paths} under references, the paths included, referenced items before their referrers.
     *
     * @throws DaemonException.NotValid when one of {@code paths} is not valid
     */
    List<PathInfo> requisites(Collection<StorePath> paths) throws DaemonException;

    /** All valid items and their references at one moment. */
    StoreGraph graph() throws DaemonException;

    /**
     * Adds a text item, a {@code .drv} for instance; a derivation's output paths are checked.
     *
     * @param references valid items that the text is said to refer to
     */
    StorePath addText(String name, byte[] contents, Collection<StorePath> references) throws DaemonException;

    /**
     * Adds text items, in order: later ones may refer to earlier ones. Much quicker than adding many one by one.
     *
     * @return their paths, in the same order; if one is refused, those before it may have been added
     */
    default List<StorePath> addTexts(List<TextItem> items) throws DaemonException {
        List<StorePath> paths = new ArrayList<>(items.size());
        for (TextItem item : items) {
            paths.add(addText(item.name(), item.contents(), item.references()));
        }
        return paths;
    }

    /**
     * Adds a file or tree from the file system.
     *
     * @param recursive whether trees, links and execute bits are kept (a NAR is hashed); else {@code source} must be a
     *     regular file and its contents are hashed
     */
    StorePath addTree(String name, Path source, boolean recursive, HashAlgorithm algorithm) throws DaemonException;

    /** Makes the wanted outputs valid, building what is missing. */
    void build(Collection<BuildTarget> targets, BuildOptions options, EventSink events) throws DaemonException;

    /** The log of the last build of a derivation, decompressed, if one is kept. The caller closes it. */
    Optional<InputStream> buildLog(StorePath derivation) throws DaemonException;

    /** Keeps an item, valid or not yet, from being collected until this session ends. */
    void addTemporaryRoot(StorePath path) throws DaemonException;

    /** Registers a symlink somewhere on disk, whose target is a store item, as a root for as long as it exists. */
    void addIndirectRoot(Path link) throws DaemonException;

    /** Everything that keeps items alive, this session's own temporary roots excepted. */
    List<Root> roots() throws DaemonException;

    /**
     * Lists or deletes items (formats, section 9).
     *
     * @throws DaemonException.StillAlive when a named item is live
     */
    CollectionResult collectGarbage(CollectionRequest request, EventSink events) throws DaemonException;

    /** Compares database and files. @param contents whether every item is hashed again */
    VerificationReport verify(boolean contents, EventSink events) throws DaemonException;

    /** Hard-links files with equal contents. @return octets saved by it */
    long optimise(EventSink events) throws DaemonException;

    /** Ends the session and drops its temporary roots. */
    @Override
    void close() throws DaemonException;
}
