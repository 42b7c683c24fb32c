// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.ContentsSink;
import dev.cairn.catalog.PackageKey;
import dev.cairn.channel.Channel;
import dev.cairn.channel.ChannelException;
import dev.cairn.channel.JointResolver;
import dev.cairn.channel.Resolver;
import dev.cairn.channel.Selection;
import dev.cairn.channel.Wish;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DerivationItems;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.hash.Hash;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.packages.Specification;
import dev.cairn.path.StorePath;
import dev.cairn.scheme.Datum;
import dev.cairn.scheme.SchemePrinter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A channel whose packages depend on each other throughout a profile, each made of a file of 100 octets. Its resolver
 * takes the newest of everything unless an older one is installed, and remembers what it was asked.
 */
final class TestArchive implements Channel, JointResolver {
    private final Map<String, List<String>> dependencies = new HashMap<>();
    private final Map<String, String> newest = new HashMap<>();
    private final Set<String> experiments = new HashSet<>();
    final List<Wish> wishes = new ArrayList<>();

    /** Adds a package, or another version of one. */
    TestArchive with(String name, String version, String... needed) {
        dependencies.put(name, Arrays.asList(needed));
        newest.put(name, version);
        return this;
    }

    /** Has the newest version of a package taken only where that very version is asked for. */
    TestArchive experiment(String name) {
        experiments.add(name);
        return this;
    }

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public String fingerprint() {
        return newest + " " + experiments;
    }

    @Override
    public void read(ContentsSink sink, EventSink events) throws CairnException {
        for (String name : newest.keySet()) {
            sink.add(row(name));
        }
    }

    private CatalogPackage row(String name) {
        SortedMap<String, String> properties = new TreeMap<>(Map.of(ManifestEntry.DEBIAN, "\"amd64\""));
        CatalogPackage row = new CatalogPackage(
                new PackageKey("archive", name, newest.get(name)), List.of("out"), "", "", List.of(),
                Optional.empty(), Optional.empty(), List.<Specification>of(), List.of(), List.of(), false, properties);
        return experiments.contains(name) ? row.asOnRequest(false) : row;
    }

    @Override
    public Resolver resolver() {
        return this;
    }

    @Override
    public boolean governs(ManifestEntry installed) {
        return installed.properties().containsKey(ManifestEntry.DEBIAN);
    }

    @Override
    public Selection select(Wish wish, Daemon daemon) throws CairnException {
        wishes.add(wish);
        Map<String, String> versions = new HashMap<>(newest);
        boolean renew = wish.wanted().stream().anyMatch(Wish.Wanted.Upgrade.class::isInstance);
        if (!renew) {
            wish.installed().forEach(entry -> versions.put(entry.name(), entry.version()));
        }
        for (Wish.Wanted wanted : wish.wanted()) {
            if (wanted instanceof Wish.Wanted.Exactly(CatalogPackage row, _, _)) {
                versions.put(row.name(), row.version());
            }
        }
        Map<StorePath, Selection.Origin> origins = new HashMap<>();
        Map<StorePath, Long> fileSizes = new HashMap<>();
        Set<String> listed = new HashSet<>();
        List<ManifestEntry> entries = new ArrayList<>();
        for (Wish.Wanted wanted : wish.wanted()) {
            String name = switch (wanted) {
                case Wish.Wanted.Exactly(CatalogPackage row, _, _) -> row.name();
                case Wish.Wanted.Keep(ManifestEntry entry) -> entry.name();
                case Wish.Wanted.Upgrade(ManifestEntry entry, _, _) -> entry.name();
            };
            List<ManifestEntry> along = new ArrayList<>();
            for (String needed : closure(name, new ArrayList<>())) {
                if (listed.add(needed)) {
                    along.add(entry(needed, versions, daemon, wish.system(), List.of(), origins, fileSizes));
                }
            }
            entries.add(marked(entry(name, versions, daemon, wish.system(), along, origins, fileSizes), wanted));
        }
        return new Selection(entries, origins, fileSizes, List.of("A note."));
    }

    private static ManifestEntry marked(ManifestEntry entry, Wish.Wanted wanted) {
        Wish.Terms terms = switch (wanted) {
            case Wish.Wanted.Exactly(_, _, Wish.Terms said) -> said;
            case Wish.Wanted.Upgrade(_, _, Wish.Terms said) -> said;
            case Wish.Wanted.Keep(ManifestEntry kept) -> new Wish.Terms(
                    Optional.of(!kept.isMarked(ManifestEntry.WITHOUT_RECOMMENDED)),
                    kept.isMarked(ManifestEntry.PINNED));
        };
        SortedMap<String, String> properties = new TreeMap<>(entry.properties());
        if (terms.pinned()) {
            properties.put(ManifestEntry.PINNED, "\"yes\"");
        }
        if (!terms.recommended().orElse(true)) {
            properties.put(ManifestEntry.WITHOUT_RECOMMENDED, "\"yes\"");
        }
        return new ManifestEntry(
                entry.name(), entry.version(), entry.output(), entry.item(), entry.propagatedInputs(),
                entry.searchPaths(), properties);
    }

    private List<String> closure(String name, List<String> found) throws ChannelException {
        for (String needed : dependencies.get(name)) {
            if (!dependencies.containsKey(needed)) {
                throw new ChannelException.Unsatisfiable(name + " needs " + needed, Optional.empty());
            }
            if (!found.contains(needed)) {
                found.add(needed);
                closure(needed, found);
            }
        }
        return found;
    }

    private ManifestEntry entry(
            String name,
            Map<String, String> versions,
            Daemon daemon,
            String system,
            List<ManifestEntry> along,
            Map<StorePath, Selection.Origin> origins,
            Map<StorePath, Long> fileSizes)
            throws CairnException {
        SortedMap<String, String> properties = ManifestEntry.fromChannel("archive");
        SortedMap<String, String> all = new TreeMap<>(properties);
        all.put(ManifestEntry.DEBIAN, SchemePrinter.print(Datum.text("amd64")));
        NamedDerivation derivation = derivation(name, versions, system, daemon);
        StorePath item = derivation.output("out");
        origins.put(
                item,
                new Selection.Origin.Built(
                        daemon.addText(
                                derivation.path().name(), derivation.text(), derivation.derivation().references()),
                        "out",
                        false));
        fileSizes.put(derivation.derivation().inputDerivations().firstKey(), 100L);
        return new ManifestEntry(name, versions.get(name), "out", item, along, List.of(), all);
    }

    /** Another one whenever the version of anything it needs is another one. */
    private NamedDerivation derivation(String name, Map<String, String> versions, String system, Daemon daemon)
            throws CairnException {
        DerivationHasher<CairnException> hasher =
                new DerivationHasher<>(daemon.storeDirectory(), path -> DerivationItems.read(daemon, path));
        StringBuilder needs = new StringBuilder();
        for (String needed : closure(name, new ArrayList<>())) {
            needs.append(needed).append(' ').append(versions.get(needed)).append('\n');
        }
        String itemName = (name + "-" + versions.get(name)).replaceAll("[:~]", "_");
        NamedDerivation file = new DerivationBuilder(itemName + ".deb", system, "builtin:download")
                .fixedOutput(Hash.sha256(itemName.getBytes(StandardCharsets.UTF_8)), false)
                .build(hasher);
        daemon.addText(file.path().name(), file.text(), List.of());
        return new DerivationBuilder(itemName, system, "builtin:none")
                .input(file)
                .variable("needs", needs.toString())
                .build(hasher);
    }
}
