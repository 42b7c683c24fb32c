// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import dev.cairn.archive.ArchiveException;
import dev.cairn.archive.ArchiveReader;
import dev.cairn.archive.ArchiveWriter;
import dev.cairn.archive.ItemDescription;
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
import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationParser;
import dev.cairn.error.FormatException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.NarFiles;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.nar.NarReader;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.path.StorePaths;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A store for tests of what works with one: rows are in memory, contents in plain files of a folder. Honest about
 * validity, references, roots and liveness; a build makes each wanted output a file that names its derivation. Safe for
 * use by several threads.
 */
public final class InMemoryDaemon implements Daemon {
    private static final Instant REGISTERED = Instant.ofEpochSecond(1_700_000_000);

    /** What the sessions with one store share; its monitor guards everything. */
    private static final class Shared {
        private final Path folder;
        private final SortedMap<StorePath, PathInfo> items = new TreeMap<>();
        private final Map<StorePath, Derivation> derivations = new TreeMap<>();
        private final Map<StorePath, String> logs = new TreeMap<>();
        private final SortedMap<String, Root> roots = new TreeMap<>();
        private final List<Set<StorePath>> temporary = new ArrayList<>();
        private final Set<StorePath> failing = new HashSet<>();
        private final SortedMap<StorePath, Offer> offers = new TreeMap<>();

        Shared(Path folder) {
            this.folder = folder;
        }
    }

    /** @param tree what the item holds; empty for a file that names the server */
    private record Offer(SubstituteInfo info, Optional<Path> tree) {}

    private final Shared shared;
    private final Set<StorePath> ownRoots = new TreeSet<>();
    private volatile StoreSettings settings = StoreSettings.DEFAULT;

    /** @param folder where the items' files go; made if it is missing */
    public InMemoryDaemon(Path folder) throws IOException {
        this(new Shared(Files.createDirectories(folder)));
    }

    private InMemoryDaemon(Shared shared) {
        this.shared = shared;
        synchronized (shared) {
            shared.temporary.add(ownRoots);
        }
    }

    /** Makes {@code item} a root under a name. */
    public void addRoot(String name, StorePath item) {
        synchronized (shared) {
            shared.roots.put(name, new Root(Root.Kind.LINK, name, item));
        }
    }

    /** From now on a server offers an item, a file that names the server. */
    public void offer(SubstituteInfo info) {
        synchronized (shared) {
            shared.offers.put(info.path(), new Offer(info, Optional.empty()));
        }
    }

    /** From now on a server offers an item that holds what {@code tree} holds. */
    public void offer(SubstituteInfo info, Path tree) {
        synchronized (shared) {
            shared.offers.put(info.path(), new Offer(info, Optional.of(tree)));
        }
    }

    /** Makes builds of a derivation fail from now on. */
    public void failBuildsOf(StorePath derivation) {
        synchronized (shared) {
            shared.failing.add(derivation);
        }
    }

    @Override
    public StoreDirectory storeDirectory() {
        return StoreDirectory.GNU;
    }

    @Override
    public Daemon newSession() {
        return new InMemoryDaemon(shared);
    }

    @Override
    public Path physical(StorePath item) {
        return shared.folder.resolve(item.baseName());
    }

    @Override
    public boolean isValid(StorePath path) {
        synchronized (shared) {
            return shared.items.containsKey(path);
        }
    }

    @Override
    public SortedSet<StorePath> valid(Collection<StorePath> paths) {
        synchronized (shared) {
            SortedSet<StorePath> valid = new TreeSet<>(paths);
            valid.retainAll(shared.items.keySet());
            return valid;
        }
    }

    @Override
    public Optional<PathInfo> pathInfo(StorePath path) {
        synchronized (shared) {
            return Optional.ofNullable(shared.items.get(path));
        }
    }

    @Override
    public Optional<StorePath> pathFromHashPart(String hashPart) {
        synchronized (shared) {
            return shared.items.keySet().stream()
                    .filter(path -> path.hashPart().equals(hashPart))
                    .findFirst();
        }
    }

    @Override
    public SortedSet<StorePath> referrers(StorePath path) {
        synchronized (shared) {
            SortedSet<StorePath> referrers = new TreeSet<>();
            shared.items.values().stream()
                    .filter(info -> info.references().contains(path))
                    .forEach(info -> referrers.add(info.path()));
            return referrers;
        }
    }

    @Override
    public SortedSet<StorePath> validDerivers(StorePath path) {
        synchronized (shared) {
            SortedSet<StorePath> derivers = new TreeSet<>();
            shared.derivations.forEach((name, derivation) -> {
                if (derivation.outputPaths().contains(path)) {
                    derivers.add(name);
                }
            });
            return derivers;
        }
    }

    @Override
    public SortedMap<String, StorePath> derivationOutputs(StorePath derivation) throws DaemonException {
        synchronized (shared) {
            SortedMap<String, StorePath> outputs = new TreeMap<>();
            known(derivation).outputs().forEach((name, output) -> outputs.put(name, output.path().orElseThrow()));
            return outputs;
        }
    }

    private Derivation known(StorePath derivation) throws DaemonException {
        Derivation known = shared.derivations.get(derivation);
        if (known == null) {
            throw new DaemonException.NotValid(derivation);
        }
        return known;
    }

    @Override
    public List<PathInfo> requisites(Collection<StorePath> paths) throws DaemonException {
        synchronized (shared) {
            Map<StorePath, PathInfo> sorted = new LinkedHashMap<>();
            for (StorePath path : new TreeSet<>(paths)) {
                addRequisites(path, sorted);
            }
            return List.copyOf(sorted.values());
        }
    }

    private void addRequisites(StorePath path, Map<StorePath, PathInfo> sorted) throws DaemonException {
        PathInfo info = shared.items.get(path);
        if (info == null) {
            throw new DaemonException.NotValid(path);
        }
        if (!sorted.containsKey(path)) {
            for (StorePath reference : info.references()) {
                if (!reference.equals(path)) {
                    addRequisites(reference, sorted);
                }
            }
            sorted.put(path, info);
        }
    }

    @Override
    public StoreGraph graph() {
        synchronized (shared) {
            List<StorePath> paths = List.copyOf(shared.items.keySet());
            int[] offsets = new int[paths.size() + 1];
            long[] sizes = new long[paths.size()];
            int[] derivers = new int[paths.size()];
            List<Integer> targets = new ArrayList<>();
            for (int i = 0; i < paths.size(); i++) {
                PathInfo info = shared.items.get(paths.get(i));
                info.references().forEach(reference -> targets.add(paths.indexOf(reference)));
                offsets[i + 1] = targets.size();
                sizes[i] = info.narSize();
                derivers[i] = info.deriver().map(paths::indexOf).orElse(-1);
            }
            return new StoreGraph(
                    paths, sizes, offsets, targets.stream().mapToInt(Integer::intValue).toArray(), derivers);
        }
    }

    @Override
    public StorePath addText(String name, byte[] contents, Collection<StorePath> references) throws DaemonException {
        synchronized (shared) {
            try {
                StorePath path = StorePaths.text(storeDirectory(), name, contents, references);
                for (StorePath reference : references) {
                    if (!shared.items.containsKey(reference)) {
                        throw new DaemonException.NotValid(reference);
                    }
                }
                if (path.isDerivation()) {
                    shared.derivations.put(path, DerivationParser.parse(storeDirectory(), contents));
                }
                Files.write(physical(path), contents);
                register(path, new TreeSet<>(references), Optional.empty());
                return path;
            } catch (FormatException e) {
                throw new DaemonException.Refused(e.getMessage(), Optional.empty());
            } catch (IOException e) {
                throw DaemonException.of("adding '" + name + "'", e);
            }
        }
    }

    @Override
    public StorePath addTree(String name, Path source, boolean recursive, HashAlgorithm algorithm)
            throws DaemonException {
        synchronized (shared) {
            if (!recursive && !Files.isRegularFile(source)) {
                throw new DaemonException.Refused("'" + source + "' is no regular file", Optional.empty());
            }
            try {
                Hash hash = recursive
                        ? NarFiles.summarise(source, algorithm).hash()
                        : Hash.of(algorithm, Files.readAllBytes(source));
                StorePath path = StorePaths.fixedOutput(storeDirectory(), name, hash, recursive);
                if (!shared.items.containsKey(path)) {
                    NarFiles.dump(source, NarFiles.restore(physical(path)));
                    register(path, new TreeSet<>(), Optional.empty());
                }
                return path;
            } catch (FormatException e) {
                throw new DaemonException.Refused(e.getMessage(), Optional.empty());
            } catch (IOException e) {
                throw DaemonException.of("adding '" + source + "'", e);
            }
        }
    }

    private void register(StorePath path, SortedSet<StorePath> references, Optional<StorePath> deriver)
            throws IOException {
        NarFiles.Summary summary = NarFiles.summarise(physical(path));
        shared.items.putIfAbsent(
                path, new PathInfo(path, summary.hash(), summary.size(), references, deriver, REGISTERED));
        ownRoots.add(path);
    }

    @Override
    public SortedMap<StorePath, SubstituteInfo> substitutable(Collection<StorePath> paths, EventSink events) {
        synchronized (shared) {
            SortedMap<StorePath, SubstituteInfo> found = new TreeMap<>();
            for (StorePath path : paths) {
                if (settings.substitutes() && shared.offers.containsKey(path)) {
                    found.put(path, shared.offers.get(path).info());
                }
            }
            return found;
        }
    }

    @Override
    public void ensure(Collection<StorePath> items, BuildOptions options, EventSink events) throws DaemonException {
        synchronized (shared) {
            for (StorePath item : items) {
                fetch(item, events);
                ownRoots.add(item);
            }
        }
    }

    private void fetch(StorePath path, EventSink events) throws DaemonException {
        if (shared.items.containsKey(path)) {
            return;
        }
        Offer offer = shared.offers.get(path);
        if (offer == null || !settings.substitutes()) {
            throw new DaemonException.NotSubstituted(path, List.of());
        }
        SubstituteInfo info = offer.info();
        for (StorePath reference : info.references()) {
            if (!reference.equals(path)) {
                fetch(reference, events);
            }
        }
        try (Activities.Activity activity = new Activities(events).start(Event.Kind.DOWNLOAD, path.toString())) {
            if (offer.tree().isPresent()) {
                NarFiles.dump(offer.tree().get(), NarFiles.restore(physical(path)));
            } else {
                Files.writeString(physical(path), "fetched from " + info.server() + "\n");
            }
            register(path, info.references(), info.deriver());
            activity.finish();
        } catch (IOException e) {
            throw DaemonException.of("fetching '" + path + "'", e);
        }
    }

    @Override
    public void build(Collection<BuildTarget> targets, BuildOptions options, EventSink events)
            throws DaemonException {
        for (BuildTarget target : targets) {
            synchronized (shared) {
                build(target.derivation(), events);
            }
        }
    }

    private void build(StorePath path, EventSink events) throws DaemonException {
        Derivation derivation = known(path);
        for (StorePath output : derivation.outputPaths()) {
            if (settings.substitutes() && shared.offers.containsKey(output)) {
                fetch(output, events);
            }
        }
        if (shared.items.keySet().containsAll(derivation.outputPaths())) {
            return;
        }
        for (StorePath input : derivation.inputDerivations().keySet()) {
            build(input, events);
        }
        try (Activities.Activity activity = new Activities(events).start(Event.Kind.BUILD, path.toString())) {
            if (shared.failing.contains(path)) {
                String line = "this build was told to fail";
                activity.log(line);
                shared.logs.put(path, line + "\n");
                throw new DaemonException.BuildFailed(path, "builder failed", List.of(line), Optional.empty());
            }
            SortedSet<StorePath> references = new TreeSet<>();
            for (Map.Entry<StorePath, SortedSet<String>> input : derivation.inputDerivations().entrySet()) {
                for (String output : input.getValue()) {
                    references.add(derivationOutputs(input.getKey()).get(output));
                }
            }
            for (StorePath output : derivation.outputPaths()) {
                Files.writeString(physical(output), "built by " + path + "\n");
                register(output, references, Optional.of(path));
            }
            shared.logs.put(path, "");
            activity.finish();
        } catch (IOException e) {
            throw DaemonException.of("building '" + path + "'", e);
        }
    }

    @Override
    public Optional<InputStream> buildLog(StorePath derivation) {
        synchronized (shared) {
            return Optional.ofNullable(shared.logs.get(derivation))
                    .map(log -> new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Override
    public void addTemporaryRoot(StorePath path) {
        synchronized (shared) {
            ownRoots.add(path);
        }
    }

    @Override
    public void addIndirectRoot(Path link) throws DaemonException {
        try {
            StorePath item = storeDirectory().itemOf(Files.readSymbolicLink(link).toString());
            addRoot(link.toString(), item);
        } catch (IOException e) {
            throw DaemonException.of("registering '" + link + "'", e);
        } catch (FormatException e) {
            throw new DaemonException.Refused(e.getMessage(), Optional.empty());
        }
    }

    @Override
    public List<Root> roots(EventSink events) {
        synchronized (shared) {
            List<Root> roots = new ArrayList<>(shared.roots.values());
            for (Set<StorePath> session : shared.temporary) {
                if (session != ownRoots) {
                    session.forEach(path -> roots.add(new Root(Root.Kind.TEMPORARY, "another session", path)));
                }
            }
            roots.removeIf(root -> !shared.items.containsKey(root.item()));
            return roots;
        }
    }

    @Override
    public CollectionResult collectGarbage(CollectionRequest request, EventSink events) throws DaemonException {
        synchronized (shared) {
            try (Activities.Activity activity =
                    new Activities(events).start(Event.Kind.COLLECT, storeDirectory().path())) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new DaemonException.Cancelled();
                }
                Map<StorePath, List<StorePath>> live = live();
                CollectionResult result =
                        switch (request.action()) {
                            case LIST_LIVE -> listing(live.keySet());
                            case LIST_DEAD -> listing(dead(live.keySet()));
                            case DELETE_DEAD -> delete(dead(live.keySet()), request);
                            case DELETE_SPECIFIC -> deleteSpecific(live, request);
                        };
                activity.finish();
                return result;
            } catch (IOException e) {
                throw DaemonException.of("collecting garbage", e);
            }
        }
    }

    /** The live items with the chain from a root that leads to each. */
    private Map<StorePath, List<StorePath>> live() {
        Map<StorePath, List<StorePath>> live = new TreeMap<>();
        Deque<StorePath> open = new ArrayDeque<>();
        for (Root root : roots(EventSink.NONE)) {
            if (live.putIfAbsent(root.item(), List.of(root.item())) == null) {
                open.add(root.item());
            }
        }
        while (!open.isEmpty()) {
            StorePath path = open.poll();
            Set<StorePath> next = new TreeSet<>(shared.items.get(path).references());
            shared.items.get(path).deriver().filter(shared.items::containsKey).ifPresent(next::add);
            for (StorePath reached : next) {
                List<StorePath> chain = new ArrayList<>(live.get(path));
                chain.add(reached);
                if (live.putIfAbsent(reached, chain) == null) {
                    open.add(reached);
                }
            }
        }
        return live;
    }

    private Set<StorePath> dead(Set<StorePath> live) {
        Set<StorePath> dead = new TreeSet<>(shared.items.keySet());
        dead.removeAll(live);
        return dead;
    }

    private CollectionResult listing(Set<StorePath> paths) {
        return new CollectionResult(paths.stream().map(StorePath::toString).toList(), 0);
    }

    private CollectionResult deleteSpecific(Map<StorePath, List<StorePath>> live, CollectionRequest request)
            throws DaemonException, IOException {
        for (StorePath path : request.paths()) {
            List<StorePath> chain = live.get(path);
            if (chain != null) {
                Root holder = roots().stream()
                        .filter(root -> root.item().equals(chain.getFirst()))
                        .findFirst()
                        .orElseThrow();
                throw new DaemonException.StillAlive(path, holder, chain);
            }
        }
        return delete(request.paths(), request);
    }

    private void addReferrersFirst(StorePath path, Set<StorePath> doomed) {
        if (shared.items.containsKey(path) && !doomed.contains(path)) {
            for (StorePath referrer : referrers(path)) {
                if (!referrer.equals(path)) {
                    addReferrersFirst(referrer, doomed);
                }
            }
            doomed.add(path);
        }
    }

    private CollectionResult delete(Set<StorePath> dead, CollectionRequest request) throws IOException {
        Set<StorePath> doomed = new LinkedHashSet<>();
        dead.forEach(path -> addReferrersFirst(path, doomed));
        Set<String> removed = new TreeSet<>();
        long bytes = 0;
        for (StorePath path : doomed) {
            boolean enough = request.limit().isPresent()
                    && (bytes > request.limit().getAsLong() || request.limit().getAsLong() == 0);
            if (enough) {
                break;
            }
            bytes += FileTrees.size(physical(path));
            removed.add(path.toString());
            if (!request.dryRun()) {
                shared.items.remove(path);
                shared.derivations.remove(path);
                FileTrees.delete(physical(path));
            }
        }
        return new CollectionResult(List.copyOf(removed), bytes);
    }

    @Override
    public StorePath addNar(String name, InputStream nar, boolean recursive, HashAlgorithm algorithm)
            throws DaemonException {
        try {
            Path folder = Files.createTempDirectory(shared.folder, "incoming");
            try {
                Path unpacked = folder.resolve("unpacked");
                new NarReader(nar).read(NarFiles.restore(unpacked));
                return addTree(name, unpacked, recursive, algorithm);
            } finally {
                FileTrees.delete(folder);
            }
        } catch (FormatException e) {
            throw new DaemonException.Refused(e.getMessage(), Optional.empty());
        } catch (IOException e) {
            throw DaemonException.of("adding '" + name + "'", e);
        }
    }

    /** This store has no key to sign with. */
    @Override
    public void exportItem(StorePath path, boolean sign, OutputStream out) throws DaemonException {
        synchronized (shared) {
            PathInfo info = pathInfo(path).orElseThrow(() -> new DaemonException.NotValid(path));
            if (sign) {
                throw new DaemonException.Refused("there is no signing key", Optional.empty());
            }
            try {
                ArchiveWriter.Item item = new ArchiveWriter.Item(out);
                NarWriter contents = new NarWriter(item.contents());
                NarFiles.dump(physical(path), contents);
                contents.finish();
                item.describe(new ItemDescription(path, info.references(), info.deriver()));
                item.sign(Optional.empty());
            } catch (IOException e) {
                throw DaemonException.of("exporting '" + path + "'", e);
            }
        }
    }

    /** This store believes nobody. */
    @Override
    public List<StorePath> importItems(InputStream archive, EventSink events) throws DaemonException {
        try {
            ArchiveReader reader = new ArchiveReader(archive, storeDirectory());
            if (reader.next()) {
                reader.contents(new NarWriter(OutputStream.nullOutputStream()));
                StorePath path = reader.description().description().path();
                String problem = reader.signature().isPresent() ? "not authorised" : "not signed";
                throw new DaemonException.Refused(path + " is " + problem, Optional.empty());
            }
            return List.of();
        } catch (ArchiveException e) {
            throw new DaemonException.Refused(e.getMessage(), Optional.empty());
        } catch (IOException e) {
            throw DaemonException.of("importing", e);
        }
    }

    @Override
    public SortedSet<StorePath> allPaths() {
        synchronized (shared) {
            return new TreeSet<>(shared.items.keySet());
        }
    }

    @Override
    public SortedSet<StorePath> failedPaths() {
        return new TreeSet<>();
    }

    @Override
    public void clearFailedPaths(Collection<String> paths) {
        // Failures are not remembered.
    }

    @Override
    public SortedSet<String> builtinBuilders() {
        return new TreeSet<>();
    }

    @Override
    public void configure(StoreSettings settings) {
        this.settings = settings;
    }

    @Override
    public StoreSettings settings() {
        return settings;
    }

    @Override
    public VerificationReport verify(boolean contents, boolean repair, EventSink events) throws DaemonException {
        synchronized (shared) {
            List<StorePath> missing = new ArrayList<>();
            List<StorePath> corrupt = new ArrayList<>();
            for (PathInfo info : shared.items.values()) {
                try {
                    if (!FileTrees.exists(physical(info.path()))) {
                        missing.add(info.path());
                    } else if (contents
                            && !NarFiles.summarise(physical(info.path())).hash().equals(info.narHash())) {
                        corrupt.add(info.path());
                    }
                } catch (IOException e) {
                    throw DaemonException.of("checking '" + info.path() + "'", e);
                }
            }
            return new VerificationReport(shared.items.size(), missing, corrupt, List.of());
        }
    }

    @Override
    public long optimise(EventSink events) {
        return 0;
    }

    @Override
    public void close() {
        synchronized (shared) {
            shared.temporary.removeIf(session -> session == ownRoots);
        }
    }
}
