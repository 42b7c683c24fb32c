// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.BuildLogs;
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
import dev.cairn.daemon.VerificationReport;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.FormatException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.NarFiles;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.layout.StoreLayout;
import dev.cairn.nar.NarReader;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.path.StorePaths;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A session with a daemon behind a socket: Guix's, Nix's or Cairn's own. Files of items and logs of builds are read
 * from this machine's file system, so the daemon must be on it, or share its store.
 *
 * <p>Connections are opened as they are needed ({@link Links}); one that broke is opened anew with the next call, so a
 * session outlives a daemon that is restarted. A call that is interrupted closes its connection, which ends what the
 * daemon was doing for it.
 */
public final class SocketDaemon implements Daemon {
    private final DaemonAddress address;
    private final StoreLayout layout;
    private final GraphSource source;
    private final Links links;
    private final Bulk bulk;
    private volatile StoreSettings settings;

    private SocketDaemon(DaemonAddress address, StoreLayout layout, GraphSource source, StoreSettings settings) {
        this.address = address;
        this.layout = layout;
        this.source = source;
        this.settings = settings;
        this.links = new Links(address, layout.storeDirectory());
        this.bulk = new Bulk(links, layout.storeDirectory(), source);
    }

    /**
     * Begins a session.
     *
     * @param layout the daemon's store, and where on this machine its files are
     * @throws DaemonException.Unavailable when there is no daemon, or none that Cairn understands
     */
    public static SocketDaemon open(DaemonAddress address, StoreLayout layout) throws DaemonException {
        return open(address, layout, GraphSource.NONE);
    }

    /**
     * The same, with another way to what the daemon tells only slowly.
     *
     * @param source of the same store
     */
    public static SocketDaemon open(DaemonAddress address, StoreLayout layout, GraphSource source)
            throws DaemonException {
        SocketDaemon daemon = new SocketDaemon(address, layout, source, StoreSettings.DEFAULT);
        daemon.links.greet();
        return daemon;
    }

    /**
     * Whose protocol the daemon at an address speaks.
     *
     * @throws DaemonException.Unavailable as {@link #open}
     */
    public static Dialect dialect(DaemonAddress address) throws DaemonException {
        try (Link link = new Greeting(address).open()) {
            return link.dialect();
        }
    }

    @Override
    public StoreDirectory storeDirectory() {
        return layout.storeDirectory();
    }

    @Override
    public Daemon newSession() {
        return new SocketDaemon(address, layout, source, settings);
    }

    @Override
    public Path physical(StorePath item) {
        return layout.physical(item);
    }

    private Requests requests(Link link) {
        return new Requests(layout.storeDirectory(), link);
    }

    private <T> T query(Links.Asking<T> asking) throws DaemonException {
        try {
            return links.query(asking);
        } catch (RemoteFailure e) {
            throw Failures.of(e, layout.storeDirectory());
        }
    }

    @Override
    public boolean isValid(StorePath path) throws DaemonException {
        return query(link -> requests(link).isValid(path));
    }

    @Override
    public SortedSet<StorePath> valid(Collection<StorePath> paths) throws DaemonException {
        return paths.isEmpty() ? new TreeSet<>() : query(link -> requests(link).valid(paths));
    }

    @Override
    public Optional<PathInfo> pathInfo(StorePath path) throws DaemonException {
        return bulk.pathInfo(path);
    }

    @Override
    public Optional<StorePath> pathFromHashPart(String hashPart) throws DaemonException {
        boolean whole = hashPart.length() == StorePath.HASH_LENGTH;
        return whole ? query(link -> requests(link).pathFromHashPart(hashPart)) : Optional.empty();
    }

    @Override
    public SortedSet<StorePath> referrers(StorePath path) throws DaemonException {
        return query(link -> requests(link).referrers(path));
    }

    @Override
    public SortedSet<StorePath> validDerivers(StorePath path) throws DaemonException {
        return query(link -> requests(link).validDerivers(path));
    }

    @Override
    public SortedMap<String, StorePath> derivationOutputs(StorePath derivation) throws DaemonException {
        if (!isValid(derivation)) {
            throw new DaemonException.NotValid(derivation);
        }
        SortedMap<String, StorePath> outputs = new TreeMap<>();
        if (links.dialect() == Dialect.NIX) {
            Map<String, Optional<StorePath>> known = query(link -> requests(link).derivationOutputMap(derivation));
            known.forEach((name, path) -> path.ifPresent(present -> outputs.put(name, present)));
            return outputs;
        }
        // Guix's daemons tell names and paths apart from each other.
        SortedSet<StorePath> paths = query(link -> requests(link).derivationOutputs(derivation));
        for (String name : query(link -> requests(link).derivationOutputNames(derivation))) {
            String itemName = StorePaths.outputName(NamedDerivation.nameOf(derivation), name);
            paths.stream()
                    .filter(path -> path.name().equals(itemName))
                    .findFirst()
                    .ifPresent(path -> outputs.put(name, path));
        }
        return outputs;
    }

    @Override
    public List<PathInfo> requisites(Collection<StorePath> paths) throws DaemonException {
        return bulk.requisites(paths);
    }

    @Override
    public StoreGraph graph() throws DaemonException {
        return bulk.graph();
    }

    @Override
    public StorePath addText(String name, byte[] contents, Collection<StorePath> references) throws DaemonException {
        return add(name, true, requests -> requests.text(name, contents, references));
    }

    @Override
    public StorePath addTree(String name, Path source, boolean recursive, HashAlgorithm algorithm)
            throws DaemonException {
        if (!recursive && !Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
            throw new DaemonException.Refused(
                    "'" + source + "' cannot be added by its contents alone: it is not a regular file",
                    Optional.of("Add it as a tree."));
        }
        return add(
                name,
                true,
                requests -> requests.nar(name, recursive, algorithm, sink -> NarFiles.dump(source, sink)));
    }

    @Override
    public StorePath addNar(String name, InputStream nar, boolean recursive, HashAlgorithm algorithm)
            throws DaemonException {
        try {
            StorePath.checkName(name);
        } catch (FormatException e) {
            readToEnd(nar);
            throw new DaemonException.Refused(e.getMessage(), Optional.empty());
        }
        return add(
                name,
                false,
                requests -> requests.nar(name, recursive, algorithm, sink -> new NarReader(nar).read(sink)));
    }

    private static void readToEnd(InputStream nar) throws DaemonException {
        try {
            new NarReader(nar).read(new NarWriter(OutputStream.nullOutputStream()));
        } catch (FormatException e) {
            throw new DaemonException.Refused(e.getMessage(), Optional.empty());
        } catch (IOException e) {
            throw DaemonException.of("reading an archive", e);
        }
    }

    /** A request to add something, as a connection has it. */
    @FunctionalInterface
    private interface Addition {
        Request<StorePath> as(AddRequests requests);
    }

    private StorePath add(String name, boolean repeatable, Addition addition) throws DaemonException {
        try {
            StorePath.checkName(name);
        } catch (FormatException e) {
            throw new DaemonException.Refused(e.getMessage(), Optional.empty());
        }
        try {
            return links.add(link -> addition.as(new AddRequests(layout.storeDirectory(), link)), repeatable);
        } catch (RemoteFailure e) {
            throw Failures.ofAddition(e, layout.storeDirectory());
        }
    }

    @Override
    public void exportItem(StorePath path, boolean sign, OutputStream out) throws DaemonException {
        lasting(EventSink.NONE).run(link -> requests(link).export(path, sign, out), Failures::ofAddition);
    }

    @Override
    public List<StorePath> importItems(InputStream archive, EventSink events) throws DaemonException {
        List<StorePath> imported =
                lasting(events).run(link -> requests(link).importPaths(archive), Failures::ofAddition);
        hold(imported);
        return imported;
    }

    @Override
    public SortedSet<StorePath> allPaths() throws DaemonException {
        return query(link -> requests(link).allPaths());
    }

    @Override
    public SortedSet<StorePath> failedPaths() throws DaemonException {
        boolean known = links.dialect() == Dialect.GUIX;
        return known ? query(link -> requests(link).failedPaths()) : new TreeSet<>();
    }

    @Override
    public void clearFailedPaths(Collection<String> paths) throws DaemonException {
        if (links.dialect() == Dialect.GUIX) {
            query(link -> requests(link).clearFailedPaths(paths));
        }
    }

    @Override
    public SortedSet<String> builtinBuilders() throws DaemonException {
        boolean known = links.dialect() == Dialect.GUIX;
        return new TreeSet<>(known ? query(link -> requests(link).builtinBuilders()) : List.of());
    }

    @Override
    public void configure(StoreSettings newSettings) {
        this.settings = newSettings;
    }

    @Override
    public StoreSettings settings() {
        return settings;
    }

    private LastingRequest lasting(EventSink events) {
        return new LastingRequest(links, layout, settings, events);
    }

    @Override
    public SortedMap<StorePath, SubstituteInfo> substitutable(Collection<StorePath> paths, EventSink events)
            throws DaemonException {
        return paths.isEmpty() || !settings.substitutes()
                ? new TreeMap<>()
                : lasting(events).run(link -> requests(link).substitutable(paths), Failures::of);
    }

    @Override
    public void ensure(Collection<StorePath> items, BuildOptions options, EventSink events) throws DaemonException {
        hold(items);
        SortedSet<StorePath> missing = new TreeSet<>(items);
        missing.removeAll(valid(missing));
        for (StorePath item : missing) {
            lasting(events).ensure(item, options);
        }
    }

    @Override
    public void build(Collection<BuildTarget> targets, BuildOptions options, EventSink events)
            throws DaemonException {
        List<StorePath> results = new ArrayList<>();
        for (BuildTarget target : targets) {
            results.add(target.derivation());
            results.addAll(Outputs.of(layout, target.derivation()));
        }
        // The connection that builds holds what it makes no longer than the build lasts.
        hold(results);
        lasting(events).build(targets, options);
    }

    @Override
    public Optional<InputStream> buildLog(StorePath derivation) throws DaemonException {
        return new BuildLogs(layout).open(derivation);
    }

    @Override
    public void addTemporaryRoot(StorePath path) throws DaemonException {
        hold(List.of(path));
    }

    private void hold(Collection<StorePath> paths) throws DaemonException {
        try {
            links.hold(paths);
        } catch (RemoteFailure e) {
            throw Failures.of(e, layout.storeDirectory());
        }
    }

    @Override
    public void addIndirectRoot(Path link) throws DaemonException {
        query(connection -> requests(connection).addIndirectRoot(link.toAbsolutePath()));
    }

    @Override
    public List<Root> roots(EventSink events) throws DaemonException {
        return new RootNames(layout).roots(query(link -> requests(link).roots()), links.held());
    }

    @Override
    public CollectionResult collectGarbage(CollectionRequest request, EventSink events) throws DaemonException {
        return lasting(events).collect(request, this::roots, this::referrers);
    }

    @Override
    public VerificationReport verify(boolean contents, boolean repair, EventSink events) throws DaemonException {
        return lasting(events).verify(contents, repair, allPaths().size());
    }

    @Override
    public long optimise(EventSink events) throws DaemonException {
        return lasting(events).optimise();
    }

    @Override
    public void close() {
        links.close();
    }
}
