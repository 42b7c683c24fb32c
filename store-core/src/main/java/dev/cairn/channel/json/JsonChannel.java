// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.ContentsSink;
import dev.cairn.catalog.PackageKey;
import dev.cairn.channel.Channel;
import dev.cairn.channel.ChannelException;
import dev.cairn.channel.ChannelStatus;
import dev.cairn.channel.IndependentResolver;
import dev.cairn.channel.Resolution;
import dev.cairn.channel.Resolver;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.packages.DefinitionProblem;
import dev.cairn.packages.Dependencies;
import dev.cairn.packages.Lowered;
import dev.cairn.packages.Lowering;
import dev.cairn.packages.PackageDefinition;
import dev.cairn.packages.PackageException;
import dev.cairn.packages.PackageSet;
import dev.cairn.packages.SoundPackages;
import dev.cairn.packages.SourceFolder;
import dev.cairn.packages.Specification;
import dev.cairn.path.StoreDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A channel in a directory or git checkout: {@code channel.json} and {@code packages/**.json}; docs/channels.md
 * describes the format. Definitions are read when they are first needed, and again when a file has changed. Safe for
 * use by several threads.
 */
public final class JsonChannel implements Channel {
    /** A transaction resolves many packages in a row; the folder is not looked through for each of them. */
    private static final long TRUSTED_NANOSECONDS = 100_000_000;

    /** As many digits as tell commits apart. */
    private static final int SHOWN_COMMIT = 12;


    private final ChannelFolder folder;
    private final ChannelFile description;
    private final String name;
    private final int priority;
    private final Resolver resolver = new IndependentResolver(this::resolve);
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<State> state = Optional.empty();
    private long checked;

    private JsonChannel(ChannelFolder folder, ChannelFile description, String name, int priority) {
        this.folder = folder;
        this.description = description;
        this.name = name;
        this.priority = priority;
    }

    /**
     * The definitions at one moment.
     *
     * @param lowerings by store and system, used under the lock
     */
    private record State(
            String fingerprint,
            List<PackageDefinition> sound,
            List<DefinitionProblem> problems,
            PackageSet packages,
            Map<String, Lowering> lowerings) {}

    /**
     * Opens the channel in a folder; only {@code channel.json} is read now.
     *
     * @throws ChannelException.Malformed when that file is missing or wrong
     */
    public static JsonChannel open(Path folder) throws CairnException {
        ChannelFolder files = new ChannelFolder(folder.toAbsolutePath().normalize());
        ChannelFile description = files.channelFile();
        return new JsonChannel(files, description, description.name(), 0);
    }

    /**
     * Opens the channel in a folder under a name that the user chose.
     *
     * @throws ChannelException.Malformed when {@code channel.json} is missing or wrong
     */
    public static JsonChannel open(Path folder, String name, int priority) throws CairnException {
        ChannelFolder files = new ChannelFolder(folder.toAbsolutePath().normalize());
        return new JsonChannel(files, files.channelFile(), name, priority);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int priority() {
        return priority;
    }

    @Override
    public ChannelStatus status() {
        String about = description.description().lines().findFirst().orElse("");
        String commit = revision().map(hash -> "commit " + hash.substring(0, SHOWN_COMMIT)).orElse("");
        String text = about.isEmpty() || commit.isEmpty() ? about + commit : about + " (" + commit + ")";
        return new ChannelStatus(text, Optional.empty(), false, List.of());
    }

    /** What the channel offers, as paragraphs separated by empty lines; may be empty. */
    public String description() {
        return description.description();
    }

    /** Where there is more about the channel. */
    public Optional<String> homePage() {
        return description.homePage();
    }

    /** The commit, where the channel is a git checkout. Files may have been changed since. */
    public Optional<String> revision() {
        return GitRevision.of(folder.path());
    }

    @Override
    public String fingerprint() throws ChannelException {
        return folder.fingerprint();
    }

    @Override
    public void read(ContentsSink sink, EventSink events) throws CairnException {
        State now = state();
        Dependencies dependencies = new Dependencies(new SourceFolder(folder.path()));
        List<PackageDefinition> sorted = new ArrayList<>(now.sound());
        sorted.sort(Comparator.comparing(PackageDefinition::name));
        for (PackageDefinition definition : sorted) {
            sink.add(row(definition, dependencies.undeclared(definition)));
        }
        for (DefinitionProblem problem : now.problems()) {
            sink.problem(problem);
        }
    }

    private CatalogPackage row(PackageDefinition definition, List<Specification> references) {
        List<Specification> inputs = new ArrayList<>(definition.inputs());
        inputs.addAll(references);
        return new CatalogPackage(
                new PackageKey(name(), definition.name(), definition.version()),
                definition.outputs(),
                definition.synopsis(),
                definition.description(),
                definition.licenses(),
                definition.homePage(),
                Optional.of(definition.location()),
                inputs,
                definition.nativeInputs(),
                definition.propagatedInputs(),
                definition.buildSystem().impure(),
                definition.properties());
    }

    /** The definitions as they are, or as they were a moment ago. */
    private State recentState() throws ChannelException {
        lock.lock();
        try {
            return state.isPresent() && System.nanoTime() - checked < TRUSTED_NANOSECONDS ? state.get() : state();
        } finally {
            lock.unlock();
        }
    }

    private State state() throws ChannelException {
        lock.lock();
        try {
            String fingerprint = folder.fingerprint();
            if (state.isEmpty() || !state.get().fingerprint().equals(fingerprint)) {
                state = Optional.of(load(fingerprint));
            }
            checked = System.nanoTime();
            return state.get();
        } finally {
            lock.unlock();
        }
    }

    private State load(String fingerprint) throws ChannelException {
        List<PackageDefinition> definitions = new ArrayList<>();
        List<DefinitionProblem> problems = new ArrayList<>();
        for (Path file : folder.definitionFiles()) {
            ChannelFolder.FileContents contents = folder.definitions(file);
            definitions.addAll(contents.definitions());
            problems.addAll(contents.problems().list());
        }
        SoundPackages sound = new SoundPackages(definitions, new SourceFolder(folder.path()));
        problems.addAll(sound.problems());
        return new State(
                fingerprint,
                sound.sound(),
                problems,
                new PackageSet(sound.sound()),
                new HashMap<>());
    }

    @Override
    public Resolver resolver() {
        return resolver;
    }

    /** Adds the derivation of a package, and those it needs, to the store. @param system such as x86_64-linux */
    Resolution resolve(PackageKey wanted, String system, Daemon daemon) throws CairnException {
        State now = recentState();
        PackageDefinition definition = now.packages()
                .find(wanted.name(), wanted.version())
                .orElseThrow(() -> new PackageException.Gone(wanted.label(), name()));
        Lowered lowered = lower(now, definition, daemon.storeDirectory(), system);
        lowered.addTo(daemon);
        List<Specification> propagated = new ArrayList<>();
        for (Specification input : definition.propagatedInputs()) {
            PackageDefinition meant = now.packages().meant(definition, input);
            propagated.add(new Specification(meant.name(), Optional.of(meant.version()), input.output()));
        }
        return new Resolution(
                lowered.derivation().path(),
                lowered.outputs(),
                propagated,
                definition.searchPaths(),
                lowered.impure());
    }

    private Lowered lower(State now, PackageDefinition definition, StoreDirectory store, String system)
            throws CairnException {
        lock.lock();
        try {
            return now.lowerings()
                    .computeIfAbsent(store + " " + system, _ -> new Lowering(
                            now.packages(), new SourceFolder(folder.path()), store, system))
                    .lower(definition);
        } finally {
            lock.unlock();
        }
    }
}
