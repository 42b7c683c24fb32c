// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogException;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.ContentsSink;
import dev.cairn.catalog.PackageKey;
import dev.cairn.catalog.SearchHit;
import dev.cairn.channel.Channel;
import dev.cairn.channel.IndependentResolver;
import dev.cairn.channel.Resolution;
import dev.cairn.channel.Resolver;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.manifest.ManifestPrinter;
import dev.cairn.packages.Specification;
import dev.cairn.packages.VersionOrder;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A channel of packages made up for a test, and a catalog of it. A package is one program that prints its own name and
 * version; it is built, by the builder of profiles, from a tree that is added to the store as it is.
 */
final class TestPackages implements Channel, Catalog {
    private final String name;
    private final Path scratch;
    private final List<CatalogPackage> packages = new ArrayList<>();

    /** @param scratch a folder of the test's own */
    TestPackages(String name, Path scratch) {
        this.name = name;
        this.scratch = scratch;
    }

    /** Adds a package. @param propagated specifications of others */
    TestPackages with(String packageName, String version, String... propagated) {
        List<Specification> inputs = Arrays.stream(propagated).map(TestPackages::specification).toList();
        CatalogPackage described = new CatalogPackage(
                new PackageKey(name, packageName, version),
                List.of("out"),
                "Made up",
                "Made up.",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                inputs,
                packageName.startsWith("impure"),
                new TreeMap<>());
        packages.add(described);
        return this;
    }

    void withdraw(String packageName) {
        packages.removeIf(made -> made.name().equals(packageName));
    }

    static Specification specification(String text) {
        try {
            return Specification.parse(text);
        } catch (CairnException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Resolver resolver() {
        return new IndependentResolver(this::resolve);
    }

    private Resolution resolve(PackageKey wanted, String system, Daemon daemon) throws CairnException {
        CatalogPackage row = find(wanted).orElseThrow();
        String label = wanted.name() + "-" + wanted.version();
        StorePath tree = addTree(label, daemon);
        ManifestEntry entry =
                new ManifestEntry(label, "0", "out", tree, List.of(), List.of(), new TreeMap<>());
        byte[] text = ManifestPrinter.print(new Manifest(List.of(entry))).getBytes(StandardCharsets.UTF_8);
        StorePath manifest = daemon.addText(label + "-manifest", text, List.of(tree));
        DerivationHasher<IllegalStateException> hasher = new DerivationHasher<>(daemon.storeDirectory(), _ -> {
            throw new IllegalStateException("no inputs");
        });
        NamedDerivation derivation = new DerivationBuilder(label, system, "builtin:profile")
                .source(manifest)
                .variable("manifest", manifest.toString())
                .build(hasher);
        StorePath added = daemon.addText(
                derivation.path().name(), derivation.text(), derivation.derivation().references());
        SortedMap<String, StorePath> outputs = new TreeMap<>();
        outputs.put("out", derivation.output("out"));
        List<Specification> propagated = row.propagatedInputs().stream()
                .map(input -> versions(input.name()).stream()
                        .filter(p -> input.version().map(p.version()::equals).orElse(true))
                        .findFirst()
                        .map(p -> new Specification(p.name(), Optional.of(p.version()), Optional.empty()))
                        .orElseThrow())
                .toList();
        return new Resolution(added, outputs, propagated, List.of(), row.impure());
    }

    private StorePath addTree(String label, Daemon daemon) throws DaemonException {
        try {
            Path tree = Files.createTempDirectory(scratch, "tree");
            Path program = Files.createDirectories(tree.resolve("bin")).resolve(label.replaceAll("-[0-9].*", ""));
            Files.writeString(program, "#!/bin/sh\necho " + label + "\n");
            StorePath item = daemon.addTree(label + "-files", tree, true, HashAlgorithm.SHA256);
            FileTrees.delete(tree);
            return item;
        } catch (IOException e) {
            throw DaemonException.of("making a test package", e);
        }
    }

    @Override
    public String fingerprint() {
        return Integer.toString(packages.hashCode());
    }

    @Override
    public void read(ContentsSink sink, EventSink events) throws CairnException {
        for (CatalogPackage row : packages) {
            sink.add(row);
        }
    }

    @Override
    public int size() {
        return (int) packages.stream().map(CatalogPackage::name).distinct().count();
    }

    @Override
    public Map<String, Integer> sizes() {
        return Map.of(name(), size());
    }

    @Override
    public List<SearchHit> search(String text, int limit) {
        return List.of();
    }

    @Override
    public List<String> suggest(String text, int limit) {
        return List.of();
    }

    @Override
    public Optional<CatalogPackage> find(PackageKey key) {
        return packages.stream().filter(p -> p.key().equals(key)).findFirst();
    }

    @Override
    public List<CatalogPackage> versions(String packageName) {
        return packages.stream()
                .filter(p -> p.name().equals(packageName))
                .sorted(Comparator.comparing(CatalogPackage::version, VersionOrder.INSTANCE.reversed()))
                .toList();
    }

    @Override
    public CatalogPackage resolve(Specification specification) throws CatalogException {
        return versions(specification.name()).stream()
                .filter(p -> specification.version().map(v -> VersionOrder.fits(v, p.version())).orElse(true))
                .filter(p -> p.outputs().contains(specification.output().orElse("out")))
                .findFirst()
                .orElseThrow(() -> new CatalogException.Unknown("no package '" + specification + "'", List.of()));
    }

    @Override
    public List<PackageKey> dependents(PackageKey key) {
        return List.of();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
