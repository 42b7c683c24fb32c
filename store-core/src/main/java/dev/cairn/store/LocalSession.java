// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.build.BuildScheduler;
import dev.cairn.build.BuildTerms;
import dev.cairn.build.LogFiles;
import dev.cairn.build.builtin.Builtins;
import dev.cairn.daemon.BuildLogs;
import dev.cairn.daemon.BuildMode;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Client;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.CollectionResult;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.Root;
import dev.cairn.daemon.StoreGraph;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.daemon.SubstituteInfo;
import dev.cairn.daemon.TextItem;
import dev.cairn.daemon.VerificationReport;
import dev.cairn.derivation.Derivation;
import dev.cairn.event.EventSink;
import dev.cairn.gc.GarbageCollector;
import dev.cairn.gc.Keeping;
import dev.cairn.gc.TemporaryRoots;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

/** A session with a store of this machine; puts the parts of the store together. */
final class LocalSession implements Daemon {
    private final OpenStore store;
    private final TemporaryRoots.Holder roots;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Client client;
    private volatile StoreSettings settings;

    LocalSession(OpenStore store, StoreSettings settings, Client client) {
        this.store = store;
        this.client = client;
        this.settings = settings;
        this.roots = store.temporaryRoots().session();
    }

    @Override
    public StoreDirectory storeDirectory() {
        return store.layout().storeDirectory();
    }

    @Override
    public Daemon newSession() {
        store.join();
        return new LocalSession(store, settings, client);
    }

    @Override
    public Path physical(StorePath item) {
        return store.layout().physical(item);
    }

    @Override
    public boolean isValid(StorePath path) throws DaemonException {
        return store.database().isValid(path);
    }

    @Override
    public SortedSet<StorePath> valid(Collection<StorePath> paths) throws DaemonException {
        return store.database().valid(paths);
    }

    @Override
    public Optional<PathInfo> pathInfo(StorePath path) throws DaemonException {
        return store.database().pathInfo(path);
    }

    @Override
    public Optional<StorePath> pathFromHashPart(String hashPart) throws DaemonException {
        boolean whole = hashPart.length() == StorePath.HASH_LENGTH;
        return whole ? store.database().pathFromHashPart(hashPart) : Optional.empty();
    }

    @Override
    public SortedSet<StorePath> referrers(StorePath path) throws DaemonException {
        return store.database().referrers(path);
    }

    @Override
    public SortedSet<StorePath> validDerivers(StorePath path) throws DaemonException {
        return store.database().validDerivers(path);
    }

    @Override
    public SortedMap<String, StorePath> derivationOutputs(StorePath derivation) throws DaemonException {
        return store.database().derivationOutputs(derivation);
    }

    @Override
    public List<PathInfo> requisites(Collection<StorePath> paths) throws DaemonException {
        return store.database().requisites(paths);
    }

    @Override
    public StoreGraph graph() throws DaemonException {
        return store.database().graph();
    }

    @Override
    public StorePath addText(String name, byte[] contents, Collection<StorePath> references) throws DaemonException {
        return new Additions(store, roots, settings.deduplicate()).text(name, contents, references);
    }

    @Override
    public List<StorePath> addTexts(List<TextItem> items) throws DaemonException {
        return new Additions(store, roots, settings.deduplicate()).texts(items);
    }

    @Override
    public StorePath addTree(String name, Path source, boolean recursive, HashAlgorithm algorithm)
            throws DaemonException {
        return new TreeAdditions(store, roots, settings.deduplicate()).tree(name, source, recursive, algorithm);
    }

    @Override
    public StorePath addNar(String name, InputStream nar, boolean recursive, HashAlgorithm algorithm)
            throws DaemonException {
        return new TreeAdditions(store, roots, settings.deduplicate()).nar(name, nar, recursive, algorithm);
    }

    @Override
    public void addItem(PathInfo info, InputStream nar, boolean checkSignatures) throws DaemonException {
        new ItemAdditions(store, roots, settings.deduplicate()).add(info, nar, checkSignatures);
    }

    @Override
    public void addSignatures(StorePath path, Collection<String> signatures) throws DaemonException {
        store.database().addSignatures(path, signatures);
    }

    @Override
    public void exportItem(StorePath path, boolean sign, OutputStream out) throws DaemonException {
        new Exports(store, roots).export(path, sign, out);
    }

    @Override
    public List<StorePath> importItems(InputStream archive, EventSink events) throws DaemonException {
        return new Imports(store, roots, settings.deduplicate(), client.trusted()).run(archive, events);
    }

    @Override
    public SortedSet<StorePath> allPaths() throws DaemonException {
        return new TreeSet<>(store.database().allPaths());
    }

    @Override
    public SortedSet<StorePath> failedPaths() throws DaemonException {
        return store.database().failed();
    }

    @Override
    public void clearFailedPaths(Collection<String> paths) throws DaemonException {
        new FailedBuilds(store).clear(paths);
    }

    @Override
    public SortedSet<String> builtinBuilders() {
        return Builtins.names();
    }

    @Override
    public void configure(StoreSettings settings) throws DaemonException {
        this.settings = settings;
    }

    @Override
    public StoreSettings settings() {
        return settings;
    }

    @Override
    public SortedMap<StorePath, SubstituteInfo> substitutable(Collection<StorePath> paths, EventSink events)
            throws DaemonException {
        return new Substitutes(store, settings).find(paths, events);
    }

    @Override
    public void ensure(Collection<StorePath> items, BuildOptions options, EventSink events) throws DaemonException {
        try (TemporaryRoots.Holder operation = roots.operation()) {
            new Substitutes(store, settings).ensure(items, new OperationStore(store, operation), options, events);
        }
    }

    @Override
    public void build(Collection<BuildTarget> targets, BuildOptions options, EventSink events)
            throws DaemonException {
        try (TemporaryRoots.Holder operation = roots.operation()) {
            OperationStore operated = new OperationStore(store, operation);
            Substitutes substitutes = new Substitutes(store, settings);
            new BuildScheduler(operated, substitutes.outputs(operated), substitutes.derivations(operated))
                    .build(targets, new BuildTerms(options, settings, client), events);
        }
    }

    @Override
    public void buildDerivation(StorePath path, Derivation derivation, BuildOptions options, EventSink events)
            throws DaemonException {
        new GivenDerivations(store, roots, new BuildTerms(options, settings, client)).build(path, derivation, events);
    }

    @Override
    public void addBuildLog(StorePath derivation, InputStream log) throws DaemonException {
        try {
            LogFiles.write(store.layout(), derivation, settings.logCompression(), log);
        } catch (IOException e) {
            throw DaemonException.of("writing the build log of '" + derivation + "'", e);
        }
    }

    @Override
    public Optional<InputStream> buildLog(StorePath derivation) throws DaemonException {
        return new BuildLogs(store.layout()).open(derivation);
    }

    @Override
    public void addTemporaryRoot(StorePath path) throws DaemonException {
        try {
            roots.add(List.of(path));
        } catch (IOException e) {
            throw DaemonException.of("keeping '" + path + "' from collection", e);
        }
    }

    @Override
    public void addIndirectRoot(Path link) throws DaemonException {
        try {
            IndirectRoots.add(store.layout(), link);
        } catch (IOException e) {
            throw DaemonException.of("registering '" + link + "' as a root", e);
        }
    }

    @Override
    public List<Root> roots(EventSink events) throws DaemonException {
        return collector().roots(events);
    }

    @Override
    public CollectionResult collectGarbage(CollectionRequest request, EventSink events) throws DaemonException {
        return collector().collect(request, events);
    }

    private GarbageCollector collector() {
        return new GarbageCollector(store.layout(), store.database(), store.temporaryRoots(), roots,
                new Keeping(settings.keepDerivations(), settings.keepOutputs()));
    }

    @Override
    public VerificationReport verify(boolean contents, boolean repair, EventSink events) throws DaemonException {
        return new Upkeep(store)
                .verify(contents, repair ? Optional.of(item -> rebuild(item, events)) : Optional.empty(), events);
    }

    /** Makes an item anew: from a substitute, or by the derivation that made it. */
    private boolean rebuild(StorePath item, EventSink events) throws DaemonException {
        try (TemporaryRoots.Holder operation = roots.operation()) {
            if (new Substitutes(store, settings).repair(item, new OperationStore(store, operation), events)) {
                return true;
            }
        }
        Optional<StorePath> deriver = pathInfo(item).flatMap(PathInfo::deriver);
        if (deriver.isEmpty() || !isValid(deriver.get())) {
            return false;
        }
        try {
            build(
                    List.of(BuildTarget.all(deriver.get())),
                    BuildOptions.DEFAULT.change().mode(BuildMode.REPAIR).build(),
                    events);
            return true;
        } catch (DaemonException.BuildFailed _) {
            // It was told as an event, and the item is reported as it is.
            return false;
        }
    }

    @Override
    public long optimise(EventSink events) throws DaemonException {
        return new Upkeep(store).optimise(events);
    }

    @Override
    public void close() throws DaemonException {
        if (closed.compareAndSet(false, true)) {
            roots.close();
            store.release();
        }
    }
}
