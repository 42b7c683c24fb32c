// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.event.EventSink;
import dev.cairn.packages.DefinitionProblem;
import dev.cairn.packages.Specification;
import dev.cairn.packages.VersionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A channel in memory; its fingerprint is what it holds. */
final class TestSource implements CatalogSource {
    private final String name;
    private final int priority;
    private final List<CatalogPackage> packages = new ArrayList<>();
    private final List<DefinitionProblem> problems = new ArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private VersionScheme scheme = VersionScheme.PLAIN;
    private Optional<CairnException> failure = Optional.empty();

    TestSource(String name, int priority) {
        this.name = name;
        this.priority = priority;
    }

    TestSource add(String label, String synopsis, String description, String... inputs) {
        int at = label.lastIndexOf('@');
        List<Specification> specifications = new ArrayList<>();
        for (String input : inputs) {
            try {
                specifications.add(Specification.parse(input));
            } catch (FormatException e) {
                throw new IllegalArgumentException(e);
            }
        }
        packages.add(new CatalogPackage(
                new PackageKey(name, label.substring(0, at), label.substring(at + 1)),
                List.of("out", "doc"), synopsis, description, List.of("MIT", "ISC"), Optional.of("https://example.org"),
                Optional.of("packages/a.json:1"), specifications, List.of(), List.of(), true,
                new TreeMap<>(Map.of("tag", "a\nb"))));
        return this;
    }

    /** Takes its versions for those of an archive. */
    TestSource ofDebian() {
        scheme = VersionScheme.DEBIAN;
        return this;
    }

    /** Has the last package be one that is to be asked for. */
    TestSource onRequest() {
        packages.add(packages.removeLast().asOnRequest(true));
        return this;
    }

    /** Gives the last package these outputs. */
    TestSource withOutputs(String... outputs) {
        CatalogPackage row = packages.removeLast();
        packages.add(new CatalogPackage(
                row.key(), List.of(outputs), row.synopsis(), row.description(), row.licenses(), row.homePage(),
                row.location(), row.inputs(), row.nativeInputs(), row.propagatedInputs(), row.impure(),
                row.properties()));
        return this;
    }

    /** Has the last package provide virtual ones. @param names with blanks between */
    TestSource providing(String names) {
        CatalogPackage row = packages.removeLast();
        packages.add(new CatalogPackage(
                row.key(), row.outputs(), row.synopsis(), row.description(), row.licenses(), row.homePage(),
                row.location(), row.inputs(), row.nativeInputs(), row.propagatedInputs(), row.impure(),
                new TreeMap<>(Map.of(CatalogPackage.PROVIDES, names, "a\\b", "c\\nd\n"))));
        return this;
    }

    /** Offers a package no longer. */
    TestSource remove(String label) {
        packages.removeIf(row -> row.key().label().equals(label));
        return this;
    }

    TestSource problem(String field) {
        problems.add(new DefinitionProblem("packages/a.json", 1, 2, field, "nothing", "something"));
        return this;
    }

    TestSource fail(CairnException e) {
        failure = Optional.of(e);
        return this;
    }

    int reads() {
        return reads.get();
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
    public VersionScheme versionScheme() {
        return scheme;
    }

    @Override
    public String fingerprint() {
        return packages.toString() + problems + failure.map(Throwable::getMessage);
    }

    @Override
    public void read(ContentsSink sink, EventSink events) throws CairnException {
        reads.incrementAndGet();
        for (CatalogPackage row : packages) {
            sink.add(row);
        }
        for (DefinitionProblem problem : problems) {
            sink.problem(problem);
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
