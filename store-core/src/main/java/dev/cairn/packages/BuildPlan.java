// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.path.StorePaths;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a build system works with to make one derivation: the inputs, already lowered, the source's path, and the
 * derivation as far as it is put together. Used by one thread, for one package.
 */
final class BuildPlan {
    private final PackageDefinition definition;
    private final SourceFolder folder;
    private final StoreDirectory store;
    private final Map<Specification, Lowered> inputs;
    private final List<Input> environment;
    private final Optional<StorePath> source;
    private final List<Addition> additions = new ArrayList<>();
    private final List<NamedDerivation> downloads = new ArrayList<>();

    /** An output of another package that the build can use. */
    record Input(Lowered lowered, String output) {
        StorePath path() {
            return lowered.derivation().output(output);
        }
    }

    /**
     * @param inputs all that is declared or referred to
     * @param environment what is declared, and what that propagates, in the order in which the build finds it
     */
    BuildPlan(
            PackageDefinition definition,
            SourceFolder folder,
            StoreDirectory store,
            Map<Specification, Lowered> inputs,
            List<Input> environment,
            Optional<SourceItem> source) {
        this.definition = definition;
        this.folder = folder;
        this.store = store;
        this.inputs = new LinkedHashMap<>(inputs);
        this.environment = List.copyOf(environment);
        this.source = source.map(SourceItem::path);
        source.flatMap(SourceItem::addition).ifPresent(additions::add);
        source.flatMap(SourceItem::download).ifPresent(downloads::add);
    }

    PackageDefinition definition() {
        return definition;
    }

    SourceFolder folder() {
        return folder;
    }

    List<Input> environment() {
        return environment;
    }

    Optional<StorePath> source() {
        return source;
    }

    List<Addition> additions() {
        return additions;
    }

    List<NamedDerivation> downloads() {
        return downloads;
    }

    /** Adds a text that the builder reads, and gives its path. */
    StorePath text(String name, String contents) throws FormatException {
        byte[] octets = contents.getBytes(StandardCharsets.UTF_8);
        StorePath path = StorePaths.text(store, name, octets, List.of());
        additions.add(new Addition.Text(path, octets));
        return path;
    }

    /** A derivation of the package that has everything as input that it may use. */
    DerivationBuilder derivation(String system, String builder) {
        DerivationBuilder derivation = new DerivationBuilder(definition.fullName(), system, builder);
        derivation.outputs(definition.outputs());
        inputs.forEach((specification, lowered) ->
                derivation.input(lowered.derivation(), List.of(specification.output().orElse("out"))));
        environment.forEach(input -> derivation.input(input.lowered().derivation(), List.of(input.output())));
        downloads.forEach(derivation::input);
        additions.forEach(addition -> derivation.source(addition.path()));
        return derivation;
    }

    /** The text with paths in place of references. @param ownOutput what takes the place of the package's outputs */
    String replace(String text, UnaryOperator<String> ownOutput) throws PackageException {
        return References.in(text).replace(reference -> switch (reference) {
            case References.Literal(String literal) -> literal;
            case References.OfPackage(Specification input) -> pathOf(input).toString();
            case References.OwnOutput(String output) -> ownOutput.apply(output);
            case References.OfSource _ -> source.map(StorePath::toString).orElseThrow();
        });
    }

    private StorePath pathOf(Specification input) {
        return inputs.get(input).derivation().output(input.output().orElse("out"));
    }
}
