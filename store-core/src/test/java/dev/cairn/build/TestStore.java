// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Client;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.FormatException;
import dev.cairn.event.Event;
import dev.cairn.fs.CanonicalMetadata;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.NarFiles;
import dev.cairn.fs.Sealing;
import dev.cairn.http.Fetcher;
import dev.cairn.http.Patience;
import dev.cairn.http.Proxies;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.substitute.PathLocks;
import dev.cairn.substitute.Staging;
import dev.cairn.path.StorePaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store whose database is in memory and whose files are real. */
public final class TestStore implements BuildStore {
    private final StoreLayout layout;
    private final SortedMap<StorePath, PathInfo> items = new TreeMap<>();
    private final Map<StorePath, Derivation> derivations = new HashMap<>();
    private final Set<StorePath> locked = ConcurrentHashMap.newKeySet();
    private final SortedSet<StorePath> failed = new TreeSet<>();
    private final Fetcher fetcher = new Fetcher(Proxies.NONE, Patience.USUAL);
    private final List<Event> events = new CopyOnWriteArrayList<>();

    public TestStore(Path root) throws IOException {
        this(new StoreLayout(StoreDirectory.GNU, root));
    }

    public TestStore(StoreLayout layout) throws IOException {
        this.layout = layout;
        Files.createDirectories(layout.physicalStore());
    }

    @Override
    public Fetcher fetcher() {
        return fetcher;
    }

    /** Everything builds reported. */
    public List<Event> events() {
        return events;
    }

    public List<String> logLines() {
        List<String> lines = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Event.LogLine(long _, String line)) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** A derivation that runs {@code /bin/sh -c SCRIPT} with the host's tools. */
    public DerivationBuilder shell(String name, String script) {
        return new DerivationBuilder(name, "x86_64-linux", "/bin/sh")
                .argument("-c")
                .argument(script)
                .variable("hostTools", "1")
                .variable("PATH", "/usr/bin:/bin");
    }

    public NamedDerivation add(DerivationBuilder builder) throws Exception {
        DerivationHasher<DaemonException> hasher = new DerivationHasher<>(layout.storeDirectory(), this::derivation);
        NamedDerivation made = builder.build(hasher);
        addItem(made.path(), made.text(), made.derivation().references());
        synchronized (this) {
            derivations.put(made.path(), made.derivation());
        }
        return made;
    }

    public StorePath addText(String name, String text, StorePath... references) throws IOException, FormatException {
        byte[] contents = text.getBytes(StandardCharsets.UTF_8);
        StorePath path = StorePaths.text(layout.storeDirectory(), name, contents, List.of(references));
        addItem(path, contents, new TreeSet<>(List.of(references)));
        return path;
    }

    /** Items that are empty files; much quicker than adding as many texts. */
    public synchronized StorePath[] addEmpty(int count) throws IOException, FormatException {
        StorePath[] paths = new StorePath[count];
        NarFiles.Summary summary = null;
        for (int i = 0; i < count; i++) {
            paths[i] = layout.storeDirectory().item(String.format("%032d-empty", i));
            Path file = Files.createFile(layout.physical(paths[i]));
            if (summary == null) {
                summary = NarFiles.summarise(file);
            }
            items.put(paths[i], new PathInfo(
                    paths[i], summary.hash(), summary.size(), new TreeSet<>(), Optional.empty(), Instant.EPOCH));
        }
        return paths;
    }

    public StorePath addTree(String name, Path tree) throws IOException, FormatException {
        StorePath path = StorePaths.fixedOutput(
                layout.storeDirectory(), name, NarFiles.summarise(tree).hash(), true);
        FileTrees.delete(layout.physical(path));
        Files.move(tree, layout.physical(path));
        put(path, new TreeSet<>());
        return path;
    }

    private void addItem(StorePath path, byte[] contents, SortedSet<StorePath> references) throws IOException {
        if (!FileTrees.exists(layout.physical(path))) {
            Files.write(layout.physical(path), contents);
        }
        put(path, references);
    }

    private synchronized void put(StorePath path, SortedSet<StorePath> references) throws IOException {
        CanonicalMetadata.apply(layout.physical(path));
        NarFiles.Summary summary = NarFiles.summarise(layout.physical(path));
        items.put(path, new PathInfo(
                path, summary.hash(), summary.size(), references, Optional.empty(), Instant.EPOCH));
    }

    public void build(NamedDerivation... wanted) throws DaemonException {
        build(BuildOptions.DEFAULT, wanted);
    }

    public void build(BuildOptions options, NamedDerivation... wanted) throws DaemonException {
        build(StoreSettings.DEFAULT, options, wanted);
    }

    public void build(StoreSettings settings, BuildOptions options, NamedDerivation... wanted)
            throws DaemonException {
        List<BuildTarget> targets = new ArrayList<>();
        for (NamedDerivation derivation : wanted) {
            targets.add(BuildTarget.all(derivation.path()));
        }
        new BuildScheduler(this).build(targets, new BuildTerms(options, settings, Client.SELF), events::add);
    }

    public Path output(NamedDerivation derivation) {
        return layout.physical(derivation.output("out"));
    }

    /** Makes an item invalid, with its files. */
    public synchronized void forget(StorePath path) throws IOException {
        items.remove(path);
        FileTrees.delete(layout.physical(path));
    }

    /** What is registered of an item. */
    public PathInfo registered(StorePath path) {
        return info(path).orElseThrow(() -> new AssertionError(path + " is not valid"));
    }

    /** Names in the store folder that belong to no valid item. */
    public synchronized List<String> leftovers() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path entry : FileTrees.entries(layout.physicalStore())) {
            String name = entry.getFileName().toString();
            if (items.keySet().stream().noneMatch(item -> item.baseName().equals(name))) {
                names.add(name);
            }
        }
        return names;
    }

    @Override
    public StoreLayout layout() {
        return layout;
    }

    @Override
    public synchronized SortedSet<StorePath> valid(Collection<StorePath> paths) {
        SortedSet<StorePath> valid = new TreeSet<>(paths);
        valid.retainAll(items.keySet());
        return valid;
    }

    @Override
    public synchronized List<PathInfo> requisites(Collection<StorePath> paths) throws DaemonException {
        Map<StorePath, PathInfo> closure = new LinkedHashMap<>();
        for (StorePath path : paths) {
            addClosure(path, closure, new TreeSet<>());
        }
        return List.copyOf(closure.values());
    }

    private void addClosure(StorePath path, Map<StorePath, PathInfo> closure, SortedSet<StorePath> seen)
            throws DaemonException {
        PathInfo info = items.get(path);
        if (info == null) {
            throw new DaemonException.NotValid(path);
        }
        if (seen.add(path) && !closure.containsKey(path)) {
            for (StorePath reference : info.references()) {
                addClosure(reference, closure, seen);
            }
            closure.put(path, info);
        }
    }

    @Override
    public synchronized Derivation derivation(StorePath path) {
        return derivations.get(path);
    }

    @Override
    public void addTemporaryRoots(Collection<StorePath> paths) {
        // Nothing is collected here.
    }

    @Override
    public Optional<PathLocks> tryLock(Collection<StorePath> paths) {
        List<StorePath> taken = new ArrayList<>();
        for (StorePath path : new TreeSet<>(paths)) {
            if (!locked.add(path)) {
                locked.removeAll(taken);
                return Optional.empty();
            }
            taken.add(path);
        }
        return Optional.of(locks(taken));
    }

    private PathLocks locks(List<StorePath> taken) {
        return new PathLocks() {
            @Override
            public void succeeded() {
                // There are no files to delete.
            }

            @Override
            public void close() {
                locked.removeAll(taken);
            }
        };
    }

    @Override
    public Staging staging(boolean deduplicate) {
        throw new UnsupportedOperationException("tested with the store itself");
    }

    @Override
    public synchronized Optional<PathInfo> info(StorePath path) {
        return Optional.ofNullable(items.get(path));
    }

    @Override
    public boolean hasItsContents(StorePath path) throws DaemonException {
        Optional<PathInfo> info = info(path);
        try {
            return info.isPresent()
                    && FileTrees.exists(layout.physical(path))
                    && NarFiles.summarise(layout.physical(path)).hash().equals(info.get().narHash());
        } catch (IOException e) {
            throw DaemonException.of("reading '" + path + "'", e);
        }
    }

    @Override
    public synchronized SortedSet<StorePath> failedBefore(Collection<StorePath> outputs) {
        SortedSet<StorePath> found = new TreeSet<>(outputs);
        found.retainAll(failed);
        return found;
    }

    @Override
    public synchronized void rememberFailure(Collection<StorePath> outputs) {
        failed.addAll(outputs);
    }

    @Override
    public void deleteInvalid(Collection<StorePath> paths) throws DaemonException {
        SortedSet<StorePath> valid = valid(paths);
        for (StorePath path : paths) {
            if (!valid.contains(path)) {
                try {
                    FileTrees.delete(layout.physical(path));
                } catch (IOException e) {
                    throw DaemonException.of("deleting '" + path + "'", e);
                }
            }
        }
    }

    @Override
    public synchronized void register(Collection<PathInfo> infos) {
        for (PathInfo info : infos) {
            items.put(info.path(), info);
        }
    }

    @Override
    public void deduplicate(StorePath item, Collection<Sealing.SharedFile> files) {
        // Tested with the store itself.
    }
}
