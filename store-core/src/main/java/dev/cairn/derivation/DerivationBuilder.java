// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes a derivation from its parts and fills in its output paths. What it makes is the same whatever order outputs,
 * sources and variables are given in. Not safe for use by several threads.
 */
public final class DerivationBuilder {
    private final String name;
    private final String system;
    private final String builder;
    private final SortedMap<String, DerivationOutput> outputs = new TreeMap<>();

    /** Inputs by the set of all their output paths: inputs that are the same in that are one input. */
    private final Map<SortedSet<StorePath>, Input> inputs = new LinkedHashMap<>();

    private final SortedSet<StorePath> sources = new TreeSet<>();
    private final List<String> arguments = new ArrayList<>();
    private final SortedMap<String, String> environment = new TreeMap<>();

    private record Input(StorePath path, SortedSet<String> outputs) {}

    /**
     * Starts a derivation with a single output {@code out}.
     *
     * @param name of the derivation, without {@code .drv}
     * @param system such as {@code x86_64-linux}
     * @param builder a program in the store, or {@code builtin:NAME}
     */
    public DerivationBuilder(String name, String system, String builder) {
        this.name = name;
        this.system = OctetString.ofText(system);
        this.builder = OctetString.ofText(builder);
        outputs.put("out", ordinary());
    }

    /** Sets the outputs; at least one. */
    public DerivationBuilder outputs(Collection<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a derivation must have an output");
        }
        outputs.clear();
        names.forEach(output -> outputs.put(output, ordinary()));
        return this;
    }

    /**
     * Makes it a fixed-output derivation: its only output is {@code out}, with these contents.
     *
     * @param recursive whether {@code hash} is of the NAR rather than of the contents of a single file
     */
    public DerivationBuilder fixedOutput(Hash hash, boolean recursive) {
        FixedContents contents = new FixedContents(hash, recursive);
        outputs.clear();
        outputs.put("out", new DerivationOutput(Optional.empty(), contents.algorithmField(), hash.hex()));
        return this;
    }

    /**
     * Adds outputs of another derivation. A derivation with the same output paths as one that was given before is not
     * added, the wanted outputs of the earlier one are extended instead (formats, section 4.3).
     */
    public DerivationBuilder input(NamedDerivation input, Collection<String> wanted) {
        for (String output : wanted) {
            input.output(output);
        }
        inputs.computeIfAbsent(
                        new TreeSet<>(input.derivation().outputPaths()), _ -> new Input(input.path(), new TreeSet<>()))
                .outputs()
                .addAll(wanted);
        return this;
    }

    /** Adds the output {@code out} of another derivation. */
    public DerivationBuilder input(NamedDerivation input) {
        return input(input, List.of("out"));
    }

    /** Adds a store item that is used as it is. */
    public DerivationBuilder source(StorePath source) {
        sources.add(source);
        return this;
    }

    /** Adds an argument of the builder, text that is written as UTF-8. */
    public DerivationBuilder argument(String argument) {
        arguments.add(OctetString.ofText(argument));
        return this;
    }

    /** Sets a variable of the builder's environment, text that is written as UTF-8. */
    public DerivationBuilder variable(String variable, String value) {
        environment.put(OctetString.ofText(variable), OctetString.ofText(value));
        return this;
    }

    /**
     * The derivation with its output paths filled in, in the outputs and in the variables named after them.
     *
     * @param hasher finds the inputs
     * @throws FormatException when the name, or that of an output, cannot be part of a store path
     * @throws X when an input cannot be found
     */
    public <X extends Exception> NamedDerivation build(DerivationHasher<X> hasher) throws FormatException, X {
        SortedMap<StorePath, SortedSet<String>> wanted = new TreeMap<>();
        inputs.values().forEach(input -> wanted.put(input.path(), input.outputs()));
        Derivation blank = new Derivation(outputs, wanted, sources, system, builder, arguments, environment);
        SortedMap<String, DerivationOutput> filled = new TreeMap<>();
        SortedMap<String, String> variables = new TreeMap<>(environment);
        hasher.outputPaths(name, blank).forEach((output, path) -> {
            DerivationOutput stated = outputs.get(output);
            filled.put(output, new DerivationOutput(Optional.of(path), stated.hashAlgorithm(), stated.hash()));
            variables.put(output, path.toString());
        });
        return NamedDerivation.of(
                hasher.store(),
                name,
                new Derivation(filled, wanted, sources, system, builder, arguments, variables));
    }

    private static DerivationOutput ordinary() {
        return new DerivationOutput(Optional.empty(), "", "");
    }
}
