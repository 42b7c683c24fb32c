// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A package as a derivation, with all that the derivation needs to be in a store. Nothing is in one yet. */
public final class Lowered {
    private final PackageDefinition definition;
    private final NamedDerivation derivation;
    private final List<Addition> additions;
    private final List<NamedDerivation> downloads;
    private final List<Lowered> inputs;
    private final boolean impure;

    Lowered(
            PackageDefinition definition,
            NamedDerivation derivation,
            List<Addition> additions,
            List<NamedDerivation> downloads,
            List<Lowered> inputs) {
        this.definition = definition;
        this.derivation = derivation;
        this.additions = List.copyOf(additions);
        this.downloads = List.copyOf(downloads);
        this.inputs = List.copyOf(inputs);
        this.impure = definition.buildSystem().impure() || inputs.stream().anyMatch(Lowered::impure);
    }

    /** What it was made from. */
    public PackageDefinition definition() {
        return definition;
    }

    /** How it is built. */
    public NamedDerivation derivation() {
        return derivation;
    }

    /** What the derivation itself uses as it is. */
    List<Addition> additions() {
        return additions;
    }

    /** Whether its build, or that of a package it needs, sees the programs of the host. */
    public boolean impure() {
        return impure;
    }

    /** Output name to path. */
    public SortedMap<String, StorePath> outputs() {
        SortedMap<String, StorePath> outputs = new TreeMap<>();
        derivation.derivation().outputs().keySet().forEach(name -> outputs.put(name, derivation.output(name)));
        return outputs;
    }

    /**
     * Adds the derivation and all it needs, unless it is there already, and keeps it until the session ends. A
     * derivation that is in the store has all that it refers to there as well, so that one question is enough then.
     */
    public void addTo(Daemon daemon) throws DaemonException, PackageException {
        daemon.addTemporaryRoot(derivation.path());
        if (daemon.isValid(derivation.path())) {
            return;
        }
        List<Lowered> all = new ArrayList<>();
        collect(all, new HashSet<>());
        SortedSet<StorePath> paths = new TreeSet<>();
        for (Lowered one : all) {
            one.additions.forEach(addition -> paths.add(addition.path()));
            one.downloads.forEach(download -> paths.add(download.path()));
            paths.add(one.derivation.path());
        }
        // Held before they are asked for: what is there then stays.
        for (StorePath path : paths) {
            daemon.addTemporaryRoot(path);
        }
        Set<StorePath> present = new HashSet<>(daemon.valid(paths));
        for (Lowered one : all) {
            one.addMissing(daemon, present);
        }
    }

    /** Inputs before what needs them, each once. */
    private void collect(List<Lowered> all, Set<StorePath> seen) {
        if (seen.add(derivation.path())) {
            inputs.forEach(input -> input.collect(all, seen));
            all.add(this);
        }
    }

    private void addMissing(Daemon daemon, Set<StorePath> present) throws DaemonException, PackageException {
        for (Addition addition : additions) {
            if (present.add(addition.path())) {
                addition.addTo(daemon, definition);
            }
        }
        for (NamedDerivation download : downloads) {
            addDerivation(daemon, download, present);
        }
        addDerivation(daemon, derivation, present);
    }

    private static void addDerivation(Daemon daemon, NamedDerivation one, Set<StorePath> present)
            throws DaemonException {
        if (present.add(one.path())) {
            daemon.addText(one.path().name(), one.text(), one.derivation().references());
        }
    }
}
