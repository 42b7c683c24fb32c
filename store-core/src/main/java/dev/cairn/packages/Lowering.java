// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;

/**
 * Turns packages of one channel into derivations for one system, each once. The result follows from the definitions,
 * the contents of their sources and the system alone; nothing is written. Not safe for use by several threads.
 */
public final class Lowering {
    private final PackageSet packages;
    private final SourceFolder folder;
    private final StoreDirectory store;
    private final String system;
    private final Dependencies dependencies;
    private final Map<String, Lowered> done = new HashMap<>();
    private final SequencedSet<String> underWay = new LinkedHashSet<>();
    private final Map<StorePath, Derivation> derivations = new HashMap<>();
    private final DerivationHasher<PackageException> hasher;

    /**
     * @param packages of the channel
     * @param folder of the channel
     * @param store logical name of the store
     * @param system such as {@code x86_64-linux}
     */
    public Lowering(PackageSet packages, SourceFolder folder, StoreDirectory store, String system) {
        this.packages = packages;
        this.folder = folder;
        this.store = store;
        this.system = system;
        this.dependencies = new Dependencies(folder);
        this.hasher = new DerivationHasher<>(store, path -> {
            Derivation derivation = derivations.get(path);
            if (derivation == null) {
                throw new IllegalStateException("inputs are lowered first: " + path);
            }
            return derivation;
        });
    }

    /**
     * The derivation of a package, and of all that it needs.
     *
     * @throws PackageException.UnknownInput when it, or what it needs, names a package that is not there
     * @throws PackageException.Cycle when packages need each other in a circle
     * @throws PackageException.BadSource when a source cannot be read
     */
    public Lowered lower(PackageDefinition definition) throws PackageException {
        Lowered known = done.get(definition.label());
        if (known != null) {
            return known;
        }
        if (!underWay.add(definition.label())) {
            throw cycle(definition);
        }
        try {
            Lowered lowered = lowerNew(definition);
            done.put(definition.label(), lowered);
            return lowered;
        } catch (FormatException e) {
            throw new PackageException.Unbuildable(definition, e.getMessage());
        } finally {
            underWay.remove(definition.label());
        }
    }

    private PackageException.Cycle cycle(PackageDefinition definition) {
        List<String> members = new ArrayList<>(underWay);
        members.subList(0, members.indexOf(definition.label())).clear();
        members.add(definition.label());
        return new PackageException.Cycle(members);
    }

    private Lowered lowerNew(PackageDefinition definition) throws PackageException, FormatException {
        Map<Specification, Lowered> inputs = new LinkedHashMap<>();
        for (Specification input : dependencies.of(definition)) {
            inputs.put(input, lower(packages.meant(definition, input)));
        }
        List<BuildPlan.Input> environment = environment(definition, inputs);
        BuildPlan plan = new BuildPlan(definition, folder, store, inputs, environment, source(definition));
        DerivationBuilder builder = switch (definition.buildSystem()) {
            case BuildSystem.Files files -> FilesLowering.lower(files, plan, system);
            case BuildSystem.Archive archive -> ArchiveLowering.lower(archive, plan, system);
            case BuildSystem.Script script -> ScriptLowering.lower(script, plan, system);
        };
        NamedDerivation derivation = builder.build(hasher);
        derivations.put(derivation.path(), derivation.derivation());
        SequencedSet<Lowered> needed = new LinkedHashSet<>(inputs.values());
        environment.forEach(input -> needed.add(input.lowered()));
        return new Lowered(definition, derivation, plan.additions(), plan.downloads(), List.copyOf(needed));
    }

    private Optional<SourceItem> source(PackageDefinition definition) throws PackageException, FormatException {
        if (definition.source().isEmpty()) {
            return Optional.empty();
        }
        SourceItem item = switch (definition.source().get()) {
            case Source.Local local -> SourceItem.local(definition, local, folder, store);
            case Source.Download download -> SourceItem.download(download, system, hasher);
        };
        item.download().ifPresent(download -> derivations.put(download.path(), download.derivation()));
        return Optional.of(item);
    }

    /** Declared inputs in their order, followed by what they propagate, and what that propagates, each once. */
    private List<BuildPlan.Input> environment(PackageDefinition definition, Map<Specification, Lowered> inputs)
            throws PackageException {
        SequencedSet<BuildPlan.Input> found = new LinkedHashSet<>();
        Stream.of(definition.inputs(), definition.nativeInputs(), definition.propagatedInputs())
                .flatMap(List::stream)
                .forEach(input -> found.add(new BuildPlan.Input(inputs.get(input), input.output().orElse("out"))));
        List<BuildPlan.Input> next = new ArrayList<>(found);
        while (!next.isEmpty()) {
            PackageDefinition propagating = next.removeFirst().lowered().definition();
            for (Specification input : propagating.propagatedInputs()) {
                BuildPlan.Input propagated = new BuildPlan.Input(
                        lower(packages.meant(propagating, input)), input.output().orElse("out"));
                if (found.add(propagated)) {
                    next.add(propagated);
                }
            }
        }
        return List.copyOf(found);
    }
}
