// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.maker;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
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
import dev.cairn.event.EventSink;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/** A session that leaves everything to another one, for those to extend that do something otherwise. */
abstract class ForwardingDaemon implements Daemon {
    private final Daemon daemon;

    ForwardingDaemon(Daemon daemon) {
        this.daemon = daemon;
    }

    /** The session that everything is left to. */
    final Daemon behind() {
        return daemon;
    }

    @Override
    public StoreDirectory storeDirectory() {
        return daemon.storeDirectory();
    }

    @Override
    public Daemon newSession() throws DaemonException {
        return daemon.newSession();
    }

    @Override
    public Path physical(StorePath item) {
        return daemon.physical(item);
    }

    @Override
    public boolean isValid(StorePath path) throws DaemonException {
        return daemon.isValid(path);
    }

    @Override
    public SortedSet<StorePath> valid(Collection<StorePath> paths) throws DaemonException {
        return daemon.valid(paths);
    }

    @Override
    public Optional<PathInfo> pathInfo(StorePath path) throws DaemonException {
        return daemon.pathInfo(path);
    }

    @Override
    public Optional<StorePath> pathFromHashPart(String hashPart) throws DaemonException {
        return daemon.pathFromHashPart(hashPart);
    }

    @Override
    public SortedSet<StorePath> referrers(StorePath path) throws DaemonException {
        return daemon.referrers(path);
    }

    @Override
    public SortedSet<StorePath> validDerivers(StorePath path) throws DaemonException {
        return daemon.validDerivers(path);
    }

    @Override
    public SortedMap<String, StorePath> derivationOutputs(StorePath derivation) throws DaemonException {
        return daemon.derivationOutputs(derivation);
    }

    @Override
    public List<PathInfo> requisites(Collection<StorePath> paths) throws DaemonException {
        return daemon.requisites(paths);
    }

    @Override
    public StoreGraph graph() throws DaemonException {
        return daemon.graph();
    }

    @Override
    public StorePath addText(String name, byte[] contents, Collection<StorePath> references) throws DaemonException {
        return daemon.addText(name, contents, references);
    }

    @Override
    public List<StorePath> addTexts(List<TextItem> items) throws DaemonException {
        return daemon.addTexts(items);
    }

    @Override
    public StorePath addTree(String name, Path source, boolean recursive, HashAlgorithm algorithm)
            throws DaemonException {
        return daemon.addTree(name, source, recursive, algorithm);
    }

    @Override
    public StorePath addNar(String name, InputStream nar, boolean recursive, HashAlgorithm algorithm)
            throws DaemonException {
        return daemon.addNar(name, nar, recursive, algorithm);
    }

    @Override
    public void exportItem(StorePath path, boolean sign, OutputStream out) throws DaemonException {
        daemon.exportItem(path, sign, out);
    }

    @Override
    public List<StorePath> importItems(InputStream archive, EventSink events) throws DaemonException {
        return daemon.importItems(archive, events);
    }

    @Override
    public SortedSet<StorePath> allPaths() throws DaemonException {
        return daemon.allPaths();
    }

    @Override
    public SortedSet<StorePath> failedPaths() throws DaemonException {
        return daemon.failedPaths();
    }

    @Override
    public void clearFailedPaths(Collection<String> paths) throws DaemonException {
        daemon.clearFailedPaths(paths);
    }

    @Override
    public SortedSet<String> builtinBuilders() throws DaemonException {
        return daemon.builtinBuilders();
    }

    @Override
    public void configure(StoreSettings settings) throws DaemonException {
        daemon.configure(settings);
    }

    @Override
    public StoreSettings settings() {
        return daemon.settings();
    }

    @Override
    public SortedMap<StorePath, SubstituteInfo> substitutable(Collection<StorePath> paths, EventSink events)
            throws DaemonException {
        return daemon.substitutable(paths, events);
    }

    @Override
    public void ensure(Collection<StorePath> items, BuildOptions options, EventSink events) throws DaemonException {
        daemon.ensure(items, options, events);
    }

    @Override
    public void build(Collection<BuildTarget> targets, BuildOptions options, EventSink events) throws DaemonException {
        daemon.build(targets, options, events);
    }

    @Override
    public Optional<InputStream> buildLog(StorePath derivation) throws DaemonException {
        return daemon.buildLog(derivation);
    }

    @Override
    public void addTemporaryRoot(StorePath path) throws DaemonException {
        daemon.addTemporaryRoot(path);
    }

    @Override
    public void addIndirectRoot(Path link) throws DaemonException {
        daemon.addIndirectRoot(link);
    }

    @Override
    public List<Root> roots(EventSink events) throws DaemonException {
        return daemon.roots(events);
    }

    @Override
    public CollectionResult collectGarbage(CollectionRequest request, EventSink events) throws DaemonException {
        return daemon.collectGarbage(request, events);
    }

    @Override
    public VerificationReport verify(boolean contents, boolean repair, EventSink events) throws DaemonException {
        return daemon.verify(contents, repair, events);
    }

    @Override
    public long optimise(EventSink events) throws DaemonException {
        return daemon.optimise(events);
    }

    @Override
    public void close() throws DaemonException {
        daemon.close();
    }
}
