// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.fake;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogException;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.PackageKey;
import dev.cairn.catalog.SearchHit;
import dev.cairn.packages.Specification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A catalog in memory, with packages that its makers added in the order newest version first. */
public final class FakeCatalog implements Catalog {
    private final List<CatalogPackage> packages = new ArrayList<>();

    /** Adds a package with an output {@code out}. @param inputs names of packages */
    public FakeCatalog add(String name, String version, String synopsis, String... inputs) {
        List<Specification> specifications = new ArrayList<>();
        for (String input : inputs) {
            specifications.add(new Specification(input, Optional.empty(), Optional.empty()));
        }
        packages.add(new CatalogPackage(
                new PackageKey("cairn", name, version),
                List.of("out"),
                synopsis,
                "The program " + name + " does what its synopsis says, and does it well.\n\n"
                        + "It reads from its standard input or from the files that it is given, and writes what it "
                        + "found to its standard output, one line for each.",
                List.of("Apache-2.0"),
                Optional.of("https://example.org/" + name),
                Optional.of("packages/" + name + ".json:2"),
                specifications,
                List.of(),
                List.of(),
                name.startsWith("impure"),
                new TreeMap<>()));
        return this;
    }

    /** A dozen packages, some of them in two versions. */
    public static FakeCatalog sample() {
        return new FakeCatalog()
                .add("hello", "2.12", "Print a friendly greeting", "greeting-text", "shell-kit")
                .add("hello", "2.10", "Print a friendly greeting", "greeting-text")
                .add("help-pages", "1.0", "Short help for the programs of this channel")
                .add("greeting-text", "1.1", "Greetings in forty languages")
                .add("shell-kit", "0.9", "Functions that shell scripts share")
                .add("cowsay", "3.8", "A cow that says what you tell it, or thinks it, in a balloon of its size",
                        "shell-kit")
                .add("fortune", "3.1", "Print a random adage", "shell-kit")
                .add("json-lines", "2.0", "Read, filter and write files of one JSON value a line", "shell-kit")
                .add("impure-tool", "1.0", "Something that is built with what the machine has", "shell-kit")
                .add("wordcount", "1.4", "Count words, lines and characters")
                .add("calendar-text", "0.4", "A calendar of the month as text", "shell-kit");
    }

    @Override
    public int size() {
        return (int) packages.stream().map(CatalogPackage::name).distinct().count();
    }

    @Override
    public Map<String, Integer> sizes() {
        return Map.of("cairn", size());
    }

    @Override
    public List<SearchHit> search(String text, int limit) {
        return packages.stream()
                .filter(p -> first(p.name()).equals(p))
                .filter(p -> p.name().contains(text) || p.synopsis().toLowerCase().contains(text))
                .sorted(Comparator.comparing((CatalogPackage p) -> !p.name().startsWith(text))
                        .thenComparing(CatalogPackage::name))
                .limit(limit)
                .map(p -> new SearchHit(p.key(), p.outputs(), p.synopsis()))
                .toList();
    }

    @Override
    public List<String> suggest(String text, int limit) {
        return packages.stream()
                .map(CatalogPackage::name)
                .distinct()
                .filter(name -> !text.isEmpty() && name.charAt(0) == text.charAt(0))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<CatalogPackage> find(PackageKey key) {
        return packages.stream().filter(p -> p.key().equals(key)).findFirst();
    }

    @Override
    public List<CatalogPackage> versions(String name) {
        return packages.stream().filter(p -> p.name().equals(name)).toList();
    }

    @Override
    public CatalogPackage resolve(Specification specification) throws CatalogException {
        return packages.stream()
                .filter(p -> p.name().equals(specification.name())
                        && specification.version().map(p.version()::equals).orElse(true))
                .findFirst()
                .orElseThrow(() -> new CatalogException.Unknown(
                        "there is no package '" + specification + "'", suggest(specification.name(), 3)));
    }

    @Override
    public List<PackageKey> dependents(PackageKey key) {
        return packages.stream()
                .filter(p -> p.inputs().stream().anyMatch(input -> input.name().equals(key.name())))
                .map(CatalogPackage::key)
                .toList();
    }

    @Override
    public void close() {}

    private CatalogPackage first(String name) {
        return packages.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    }
}
