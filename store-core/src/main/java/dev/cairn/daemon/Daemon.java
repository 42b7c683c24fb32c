// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.derivation.Derivation;
import dev.cairn.event.EventSink;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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

    /**
     * Octets of all in the closure of {@code paths}, as NARs, each item once; those whose size is not known not at all.
     *
     * @throws DaemonException.NotValid when one of {@code paths} is not valid
     */
    default long closureSize(Collection<StorePath> paths) throws DaemonException {
        return requisites(paths).stream().mapToLong(PathInfo::narSize).sum();
    }

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

    /**
     * Adds what a NAR holds, as {@link #addTree} would add the tree it was made from. The archive is read once, as it
     * comes, and never held in memory.
     *
     * @param nar is read to the end of the archive and no further, also when what it holds is refused, unless it is no
     *     archive; not closed
     * @param recursive see {@link #addTree}; if not, the archive must hold one regular file
     * @throws DaemonException.Refused when the archive or the name is not what it must be
     */
    StorePath addNar(String name, InputStream nar, boolean recursive, HashAlgorithm algorithm) throws DaemonException;

    /**
     * Adds an item of which everything is known, as stores of Nix's kind send them to each other. What is valid already
     * is left as it is.
     *
     * @param info hash and size of the archive must be right; its references must be valid
     * @param nar is read to the end of the archive and no further, unless it is no archive; not closed
     * @param checkSignatures whether an item that is not named by its contents needs the signature of a trusted key
     * @throws DaemonException.Refused when it is not what {@code info} says, or nobody trusted vouches for it
     */
    default void addItem(PathInfo info, InputStream nar, boolean checkSignatures) throws DaemonException {
        throw new DaemonException.Refused(
                "'" + info.path() + "' cannot be added to this store as it is", Optional.empty());
    }

    /** Adds to the signatures of a valid item, in Nix's form; those that it has are not added again. */
    default void addSignatures(StorePath path, Collection<String> signatures) throws DaemonException {
        throw new DaemonException.Refused("this store keeps no signatures", Optional.empty());
    }

    /**
     * Writes one item in the form of export archives (formats, section 5.1), from its NAR to its signature, without the
     * marks around items.
     *
     * @param sign whether the item is signed with the store's key
     * @param out is not closed
     * @throws DaemonException.NotValid when the item is not valid
     * @throws DaemonException.Refused when there is no key, or others could read it
     */
    void exportItem(StorePath path, boolean sign, OutputStream out) throws DaemonException;

    /**
     * Adds the items of an export archive, one after the other; each must carry the signature of an authorised key,
     * except in a store of Nix's kind, where those who are trusted may add any. Those before one that is refused stay.
     *
     * @param archive is read up to the mark of its end; not closed
     * @return the items, in the archive's order, those that were valid before included
     * @throws DaemonException.Refused says which of damaged, unsigned, unauthorised and tampered with it is
     */
    List<StorePath> importItems(InputStream archive, EventSink events) throws DaemonException;

    /** All valid items. */
    SortedSet<StorePath> allPaths() throws DaemonException;

    /** Outputs whose build failed and is remembered as failed. */
    SortedSet<StorePath> failedPaths() throws DaemonException;

    /** Forgets failures. @param paths outputs, or derivations for all of theirs; an asterisk means all there are */
    void clearFailedPaths(Collection<String> paths) throws DaemonException;

    /** What this store's own builders are called, without {@code builtin:}. */
    SortedSet<String> builtinBuilders() throws DaemonException;

    /**
     * What this session does otherwise than the store's defaults, from now on. Who may change what is decided by
     * whoever opened the session.
     */
    void configure(StoreSettings settings) throws DaemonException;

    /** What holds for this session now. */
    StoreSettings settings();

    /**
     * Under which name the store has an output once it is realised. That is the one that the derivation states, except
     * in the store of a daemon that lacks Cairn's own builders, where what they make is made in another way; before it
     * is realised there, the answer is {@code output} itself.
     */
    default StorePath realised(StorePath output) {
        return output;
    }

    /**
     * What of {@code paths} could be fetched now, by what the servers of substitutes say that this session's settings
     * name; nothing when it may not fetch. Only what an authorised key vouches for is told. Items are looked up all at
     * once, so ask for many together.
     *
     * @param events is told which servers did not answer; that is no failure
     */
    default SortedMap<StorePath, SubstituteInfo> substitutable(Collection<StorePath> paths, EventSink events)
            throws DaemonException {
        return new TreeMap<>();
    }

    /**
     * Makes items valid as they are, and all that they refer to, by fetching what is missing from servers of
     * substitutes. They are temporary roots of this session from then on.
     *
     * @throws DaemonException.NotSubstituted when one that is missing cannot be fetched; says which servers were asked
     *     and why each did not serve
     */
    default void ensure(Collection<StorePath> items, BuildOptions options, EventSink events) throws DaemonException {
        SortedSet<StorePath> missing = new TreeSet<>(items);
        missing.removeAll(valid(missing));
        if (!missing.isEmpty()) {
            throw new DaemonException.NotSubstituted(missing.first(), List.of());
        }
        for (StorePath item : items) {
            addTemporaryRoot(item);
        }
    }

    /**
     * Makes the wanted outputs valid: they are fetched where a server of substitutes offers them and the settings allow
     * it, else built.
     */
    void build(Collection<BuildTarget> targets, BuildOptions options, EventSink events) throws DaemonException;

    /**
     * Builds all outputs of a derivation that is not itself an item, as Nix's stores ask each other to. Nothing says
     * that its outputs have the names that follow from it, so whoever asks must be trusted, unless it states the hash
     * of what it makes.
     *
     * @param path what it is called
     * @param derivation without input derivations, as all that it needs is there already
     * @throws DaemonException.Refused when this store does not do that
     */
    default void buildDerivation(StorePath path, Derivation derivation, BuildOptions options, EventSink events)
            throws DaemonException {
        throw new DaemonException.Refused(
                "'" + path + "' cannot be built here without being added first", Optional.empty());
    }

    /**
     * Keeps what the builder of a derivation wrote elsewhere, in place of any earlier log.
     *
     * @param log plain; read to its end, not closed
     */
    default void addBuildLog(StorePath derivation, InputStream log) throws DaemonException {
        throw new DaemonException.Refused("this store takes no logs of builds made elsewhere", Optional.empty());
    }

    /** The log of the last build of a derivation, decompressed, if one is kept. The caller closes it. */
    Optional<InputStream> buildLog(StorePath derivation) throws DaemonException;

    /** Keeps an item, valid or not yet, from being collected until this session ends. */
    void addTemporaryRoot(StorePath path) throws DaemonException;

    /** Registers a symlink somewhere on disk, whose target is a store item, as a root for as long as it exists. */
    void addIndirectRoot(Path link) throws DaemonException;

    /** Everything that keeps items alive, this session's own temporary roots excepted. */
    default List<Root> roots() throws DaemonException {
        return roots(EventSink.NONE);
    }

    /** The same, telling what was found to be stale and taken away. */
    List<Root> roots(EventSink events) throws DaemonException;

    /**
     * Lists or deletes items (formats, section 9).
     *
     * @throws DaemonException.StillAlive when a named item is live
     */
    CollectionResult collectGarbage(CollectionRequest request, EventSink events) throws DaemonException;

    /** Compares database and files. @param contents whether every item is hashed again */
    default VerificationReport verify(boolean contents, EventSink events) throws DaemonException {
        return verify(contents, false, events);
    }

    /**
     * Compares database and files.
     *
     * @param contents whether every item is hashed again
     * @param repair whether what is missing or has other contents is made anew, from a substitute or by building it
     */
    VerificationReport verify(boolean contents, boolean repair, EventSink events) throws DaemonException;

    /** Hard-links files with equal contents. @return octets saved by it */
    long optimise(EventSink events) throws DaemonException;

    /** Ends the session and drops its temporary roots. */
    @Override
    void close() throws DaemonException;
}
