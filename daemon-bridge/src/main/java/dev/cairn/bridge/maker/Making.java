// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.maker;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.DerivationItems;
import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.DerivationOutput;
import dev.cairn.derivation.FixedContents;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.derivation.OctetString;
import dev.cairn.error.CairnException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.NarFiles;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.hash.HashingOutputStream;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes derivations of a request that a daemon cannot build as they are: those with a builder that it lacks, and those
 * that need what such a one makes. For one request, by one thread.
 */
final class Making {
    /** They make trees out of an archive whose own name is not in it, so what they make refers to nothing. */
    private static final Set<String> SELF_CONTAINED = Set.of("builtin:unpack", "builtin:debian-contents");

    private static final String HOST_TOOLS = "hostTools";
    private static final long MOST_TEXT = 64L << 20;

    private final Daemon daemon;
    private final StoreLayout layout;
    private final LocalBuilders builders;
    private final Set<String> lacking;
    private final Made made;
    private final BuildOptions options;
    private final EventSink events;

    private final Map<StorePath, Derivation> derivations = new HashMap<>();
    private final Map<StorePath, Boolean> foreign = new HashMap<>();

    /** @param lacking builders, with {@code builtin:}, that the daemon lacks */
    Making(
            Daemon daemon,
            StoreLayout layout,
            LocalBuilders builders,
            Set<String> lacking,
            Made made,
            BuildOptions options,
            EventSink events) {
        this.daemon = daemon;
        this.layout = layout;
        this.builders = builders;
        this.lacking = lacking;
        this.made = made;
        this.options = options;
        this.events = events;
    }

    /** Whether the daemon cannot build a derivation as it is. */
    boolean isForeign(StorePath path) throws CairnException {
        Boolean known = foreign.get(path);
        if (known != null) {
            return known;
        }
        Derivation derivation = derivation(path);
        boolean found = false;
        if (!daemon.valid(derivation.outputPaths()).containsAll(derivation.outputPaths())) {
            found = lacking.contains(derivation.builder());
            for (StorePath input : derivation.inputDerivations().keySet()) {
                found |= isForeign(input);
            }
        }
        foreign.put(path, found);
        return found;
    }

    /** Makes all outputs of a foreign derivation, and what it needs. */
    void realise(StorePath path) throws CairnException {
        Derivation derivation = derivation(path);
        List<StorePath> names = derivation.outputPaths().stream().map(made::name).toList();
        names.forEach(this::hold);
        if (daemon.valid(names).containsAll(names)) {
            return;
        }
        List<BuildTarget> ordinary = new ArrayList<>();
        for (Map.Entry<StorePath, SortedSet<String>> input : derivation.inputDerivations().entrySet()) {
            if (isForeign(input.getKey())) {
                realise(input.getKey());
            } else {
                ordinary.add(new BuildTarget(input.getKey(), input.getValue()));
            }
        }
        if (!ordinary.isEmpty()) {
            daemon.build(ordinary, options, events);
        }
        try {
            SortedMap<String, StorePath> results = lacking.contains(derivation.builder())
                    ? makeHere(path, derivation)
                    : buildRenamed(path, renamed(derivation, false));
            for (Map.Entry<String, StorePath> result : results.entrySet()) {
                made.remember(output(derivation, result.getKey()), result.getValue());
            }
        } catch (IOException e) {
            throw DaemonException.of("making '" + path + "'", e);
        }
    }

    private void hold(StorePath item) {
        try {
            daemon.addTemporaryRoot(item);
        } catch (DaemonException _) {
            // Whatever is wrong with the daemon is told by the next request that matters.
        }
    }

    private Derivation derivation(StorePath path) throws CairnException {
        Derivation known = derivations.get(path);
        if (known == null) {
            known = DerivationItems.read(daemon, path);
            derivations.put(path, known);
        }
        return known;
    }

    private static StorePath output(Derivation derivation, String name) {
        return derivation.outputs().get(name).path().orElseThrow();
    }

    /** A derivation whose inputs have the names that they have in the daemon's store. */
    private Derivation renamed(Derivation derivation, boolean inputsAsSources) throws CairnException, IOException {
        Renaming renaming = new Renaming();
        SortedMap<StorePath, SortedSet<String>> inputs = new TreeMap<>();
        SortedSet<StorePath> sources = new TreeSet<>();
        for (Map.Entry<StorePath, SortedSet<String>> input : derivation.inputDerivations().entrySet()) {
            boolean source = inputsAsSources || isForeign(input.getKey());
            for (String name : input.getValue()) {
                StorePath item = output(derivation(input.getKey()), name);
                StorePath present = made.name(item);
                renaming.add(item, present);
                if (source) {
                    sources.add(present);
                }
            }
            if (!source) {
                inputs.put(input.getKey(), input.getValue());
            }
        }
        for (StorePath source : derivation.inputSources()) {
            StorePath present = renaming.isEmpty() ? source : renamed(source, renaming, sources);
            sources.add(present);
            renaming.add(source, present);
        }
        SortedMap<String, String> environment = new TreeMap<>();
        derivation.environment().forEach((name, value) -> environment.put(name, renaming.in(value)));
        return new Derivation(
                derivation.outputs(),
                inputs,
                sources,
                derivation.system(),
                renaming.in(derivation.builder()),
                derivation.arguments().stream().map(renaming::in).toList(),
                environment);
    }

    /** A text among the inputs may name other inputs, a specification of files for instance. */
    private StorePath renamed(StorePath source, Renaming renaming, Collection<StorePath> items)
            throws CairnException, IOException {
        Path file = layout.physical(source);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MOST_TEXT) {
            return source;
        }
        Optional<byte[]> text = renaming.in(Files.readAllBytes(file));
        return text.isPresent() ? daemon.addText(source.name(), text.get(), items) : source;
    }

    private SortedMap<String, StorePath> buildRenamed(StorePath path, Derivation derivation) throws CairnException {
        if (derivation.environment().containsKey(HOST_TOOLS)) {
            throw new DaemonException.Refused(
                    "this daemon cannot build '" + path + "': its builder uses programs of this machine",
                    Optional.of("Only Cairn's own store builds such packages; use it, or Cairn's daemon."));
        }
        SortedMap<String, DerivationOutput> blank = new TreeMap<>();
        derivation.outputs().forEach((name, output) ->
                blank.put(name, new DerivationOutput(Optional.empty(), output.hashAlgorithm(), output.hash())));
        Derivation open = new Derivation(
                blank,
                derivation.inputDerivations(),
                derivation.inputSources(),
                derivation.system(),
                derivation.builder(),
                derivation.arguments(),
                derivation.environment());
        DerivationHasher<CairnException> hasher = new DerivationHasher<>(daemon.storeDirectory(), this::derivation);
        String name = NamedDerivation.nameOf(path);
        SortedMap<String, DerivationOutput> filled = new TreeMap<>();
        SortedMap<String, String> environment = new TreeMap<>(open.environment());
        hasher.outputPaths(name, open).forEach((output, item) -> {
            DerivationOutput stated = open.outputs().get(output);
            filled.put(output, new DerivationOutput(Optional.of(item), stated.hashAlgorithm(), stated.hash()));
            environment.put(output, item.toString());
        });
        Derivation complete = new Derivation(
                filled,
                open.inputDerivations(),
                open.inputSources(),
                open.system(),
                open.builder(),
                open.arguments(),
                environment);
        return build(NamedDerivation.of(daemon.storeDirectory(), name, complete), events);
    }

    private SortedMap<String, StorePath> build(NamedDerivation named, EventSink sink) throws CairnException {
        Derivation derivation = named.derivation();
        StorePath item =
                daemon.addText(named.name() + NamedDerivation.SUFFIX, named.text(), derivation.references());
        daemon.build(List.of(BuildTarget.all(item)), options, sink);
        SortedMap<String, StorePath> results = new TreeMap<>();
        derivation.outputs().keySet().forEach(name -> results.put(name, output(derivation, name)));
        return results;
    }

    /** Runs the builder in this process, and has the daemon take what it made. */
    private SortedMap<String, StorePath> makeHere(StorePath path, Derivation derivation)
            throws CairnException, IOException {
        Path folder = Files.createTempDirectory("cairn-making");
        try (Activities.Activity activity = new Activities(events).start(Event.Kind.BUILD, path.toString())) {
            Derivation here = renamed(derivation, true);
            SortedMap<String, Path> trees = new TreeMap<>();
            Path outputs = Files.createDirectory(folder.resolve("outputs"));
            here.outputs().keySet().forEach(name -> trees.put(name, outputs.resolve(name)));
            builders.make(path, here, layout, trees, Files.createDirectory(folder.resolve("work")), activity);
            for (Map.Entry<String, Path> tree : trees.entrySet()) {
                if (!Files.exists(tree.getValue(), LinkOption.NOFOLLOW_LINKS)) {
                    throw new DaemonException.Refused(
                            "'" + path + "' did not make its output '" + tree.getKey() + "'", Optional.empty());
                }
            }
            SortedMap<String, StorePath> results = handOver(path, here, trees, folder);
            activity.finish();
            return results;
        } finally {
            FileTrees.delete(folder);
        }
    }

    private SortedMap<String, StorePath> handOver(
            StorePath path, Derivation here, SortedMap<String, Path> trees, Path folder)
            throws CairnException, IOException {
        String name = NamedDerivation.nameOf(path);
        Path out = trees.get("out");
        if (here.isFixedOutput() && out != null) {
            return fixed(here, name, out);
        }
        if (SELF_CONTAINED.contains(here.builder()) && out != null) {
            return new TreeMap<>(Map.of("out", daemon.addTree(name, out, true, HashAlgorithm.SHA256)));
        }
        Machine machine = Machine.of(OctetString.toText(here.system()))
                .orElseThrow(() -> new DaemonException.Refused(
                        "this daemon cannot build '" + path + "': it lacks '" + here.builder() + "', and for '"
                                + here.system() + "' Cairn has nothing to put in its place",
                        Optional.of("Use Cairn's own store, or Cairn's daemon, for packages of that system.")));
        Path description = folder.resolve("description");
        SortedMap<String, StorePath> self = new TreeMap<>();
        here.outputs().keySet().forEach(output -> self.put(output, output(here, output)));
        Description.write(description, machine, self, trees);
        Path program = folder.resolve("maker");
        Files.write(program, machine.program());
        if (!program.toFile().setExecutable(true)) {
            throw new IOException("cannot make '" + program + "' executable");
        }
        StorePath maker = daemon.addTree("cairn-maker", program, true, HashAlgorithm.SHA256);
        StorePath described = daemon.addTree(name + "-description", description, false, HashAlgorithm.SHA256);
        DerivationBuilder builder = new DerivationBuilder(name, OctetString.toText(here.system()), maker.toString())
                .outputs(here.outputs().keySet())
                .source(maker)
                .source(described)
                .argument(described.toString())
                .variable("preferLocalBuild", "1")
                .variable("allowSubstitutes", "0");
        here.inputSources().forEach(builder::source);
        DerivationHasher<CairnException> hasher = new DerivationHasher<>(daemon.storeDirectory(), this::derivation);
        return build(builder.build(hasher), EventSink.NONE);
    }

    /** Contents that are known beforehand have the same name however they come. */
    private SortedMap<String, StorePath> fixed(Derivation here, String name, Path out)
            throws CairnException, IOException {
        FixedContents contents = FixedContents.of(here.outputs().get("out"));
        HashAlgorithm algorithm = contents.hash().algorithm();
        Hash actual = contents.recursive()
                ? NarFiles.summarise(out, algorithm).hash()
                : contentsHash(out, algorithm);
        if (!actual.equals(contents.hash())) {
            throw new DaemonException.HashMismatch(output(here, "out"), contents.hash(), actual);
        }
        return new TreeMap<>(Map.of("out", daemon.addTree(name, out, contents.recursive(), algorithm)));
    }

    private static Hash contentsHash(Path file, HashAlgorithm algorithm) throws IOException {
        try (HashingOutputStream hashing = new HashingOutputStream(algorithm)) {
            Files.copy(file, hashing);
            return hashing.hash();
        }
    }
}
