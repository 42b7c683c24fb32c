// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.PackageKey;
import dev.cairn.debian.BinaryPackage;
import dev.cairn.debian.Dependency;
import dev.cairn.debian.Relation;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.packages.Specification;
import dev.cairn.scheme.Datum;
import dev.cairn.scheme.SchemePrinter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Packages of an archive as the catalog shows them: one row a version, whichever architectures it is built for. */
final class DebianRows {
    private final String channel;
    private final String architecture;
    private final Descriptions descriptions;

    /** Long descriptions that the archive keeps apart. */
    @FunctionalInterface
    interface Descriptions {
        /** @param digest MD5 in hexadecimal */
        Optional<String> find(String digest);
    }

    /** @param architecture the machine's own */
    DebianRows(String channel, String architecture, Descriptions descriptions) {
        this.channel = channel;
        this.architecture = architecture;
        this.descriptions = descriptions;
    }

    /** The rows of the packages of one name, in the order of the versions' first builds. */
    List<CatalogPackage> of(List<BinaryPackage> packages) {
        Map<String, List<BinaryPackage>> byVersion = new LinkedHashMap<>();
        for (BinaryPackage one : packages) {
            byVersion.computeIfAbsent(one.version(), _ -> new ArrayList<>(1)).add(one);
        }
        return byVersion.values().stream().map(this::row).toList();
    }

    private CatalogPackage row(List<BinaryPackage> builds) {
        Set<String> outputs = new LinkedHashSet<>();
        Optional<BinaryPackage> own = builds.stream().filter(this::isOwn).findFirst();
        own.ifPresent(_ -> outputs.add("out"));
        builds.stream().filter(build -> !isOwn(build)).forEach(build -> outputs.add(build.architecture()));
        BinaryPackage shown = own.orElse(builds.getFirst());
        return new CatalogPackage(
                new PackageKey(channel, shown.name(), shown.version()),
                List.copyOf(outputs),
                shown.synopsis(),
                description(shown),
                List.of(),
                shown.homePage(),
                Optional.empty(),
                inputs(shown),
                List.of(),
                List.of(),
                false,
                properties(shown));
    }

    private boolean isOwn(BinaryPackage build) {
        return build.architecture().equals(architecture) || build.architecture().equals("all");
    }

    private String description(BinaryPackage shown) {
        String text = shown.description();
        if (text.isEmpty()) {
            text = shown.descriptionDigest().flatMap(descriptions::find).orElse("");
        }
        return flowing(text);
    }

    /** Lines of one paragraph become one; those that start with a space are lists and the like and stay. */
    static String flowing(String text) {
        StringBuilder flowing = new StringBuilder(text.length());
        boolean joins = false;
        for (String line : text.split("\n", -1)) {
            boolean plain = !line.isBlank() && !Character.isWhitespace(line.charAt(0));
            if (!flowing.isEmpty()) {
                flowing.append(joins && plain ? ' ' : '\n');
            }
            flowing.append(line.stripTrailing());
            joins = plain;
        }
        return flowing.toString().strip();
    }

    private static List<Specification> inputs(BinaryPackage shown) {
        Set<String> names = new LinkedHashSet<>();
        for (Dependency dependency : shown.depends()) {
            for (Relation alternative : dependency.alternatives()) {
                names.add(alternative.name());
            }
        }
        names.remove(shown.name());
        return names.stream().map(name -> new Specification(name, Optional.empty(), Optional.empty())).toList();
    }

    private static SortedMap<String, String> properties(BinaryPackage shown) {
        SortedMap<String, String> properties = new TreeMap<>();
        properties.put(ManifestEntry.DEBIAN, SchemePrinter.print(Datum.text(shown.architecture())));
        properties.put("architecture", shown.architecture());
        put(properties, "section", shown.section());
        put(properties, "maintainer", shown.maintainer());
        put(properties, "source", shown.source());
        shown.file().ifPresent(file -> properties.put("size", Long.toString(file.size())));
        if (shown.installedSize() > 0) {
            properties.put("installed-size", Long.toString(shown.installedSize()));
        }
        if (shown.essential()) {
            properties.put("essential", "yes");
        }
        put(properties, CatalogPackage.PROVIDES,
                String.join(" ", new LinkedHashSet<>(shown.provides().stream().map(Relation::name).toList())));
        return properties;
    }

    private static void put(SortedMap<String, String> properties, String key, String value) {
        if (!value.isEmpty()) {
            properties.put(key, value);
        }
    }
}
