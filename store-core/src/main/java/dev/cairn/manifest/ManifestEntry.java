// SPDX-License-Identifier: Apache-2.0
package dev.cairn.manifest;

import dev.cairn.error.FormatException;
import dev.cairn.path.StorePath;
import dev.cairn.scheme.Datum;
import dev.cairn.scheme.SchemePrinter;
import dev.cairn.scheme.SchemeReader;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A package in a profile.
 *
 * @param name of the package
 * @param version of the package; empty where an old manifest does not know it
 * @param output such as {@code out}
 * @param item what is in the profile
 * @param propagatedInputs entries that come along
 * @param searchPaths variables the package wants set
 * @param properties Scheme data in text form, by key, such as {@code transformations} and {@code provenance}
 */
public record ManifestEntry(
        String name,
        String version,
        String output,
        StorePath item,
        List<ManifestEntry> propagatedInputs,
        List<SearchPathSpecification> searchPaths,
        SortedMap<String, String> properties) {
    /** The property that holds the name of the channel a package came from; other readers pass over it. */
    public static final String CHANNEL = "cairn-channel";

    /**
     * The property that marks a package of a Debian archive; its value is a text, the architecture. Such an item has
     * a folder {@code debian}: {@code contents} with a link to the contents of every package in it, {@code
     * dependencies} with a link to every item it needs.
     */
    public static final String DEBIAN = "cairn-debian";

    /** The property of a package of an archive that was asked for without what it recommends. */
    public static final String WITHOUT_RECOMMENDED = "cairn-without-recommended";

    /** The property of a package of an archive that was asked for in just this version, to stay at it. */
    public static final String PINNED = "cairn-pinned";

    public ManifestEntry {
        propagatedInputs = List.copyOf(propagatedInputs);
        searchPaths = List.copyOf(searchPaths);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    /** The properties of a package from a channel. */
    public static SortedMap<String, String> fromChannel(String channel) {
        return new TreeMap<>(Collections.singletonMap(CHANNEL, SchemePrinter.print(Datum.text(channel))));
    }

    /** The channel the package came from, where that was recorded. */
    public Optional<String> channel() {
        String property = properties.get(CHANNEL);
        if (property == null) {
            return Optional.empty();
        }
        try {
            return SchemeReader.read(property) instanceof Datum.Text(String channel)
                    ? Optional.of(channel)
                    : Optional.empty();
        } catch (FormatException _) {
            // A property of that name that is not ours says nothing.
            return Optional.empty();
        }
    }

    /** Whether it has a property that only says yes. */
    public boolean isMarked(String property) {
        return properties.containsKey(property);
    }

    /** How people name it: {@code NAME@VERSION}, with the output unless that is {@code out}. */
    public String label() {
        return name + (version.isEmpty() ? "" : "@" + version) + (output.equals("out") ? "" : ":" + output);
    }

    /** The same package, its item and those of what comes along under other names. */
    public ManifestEntry renamed(UnaryOperator<StorePath> names) {
        return new ManifestEntry(
                name,
                version,
                output,
                names.apply(item),
                propagatedInputs.stream().map(input -> input.renamed(names)).toList(),
                searchPaths,
                properties);
    }

    /** Whether {@code other} takes the same place in a profile: one package and output. */
    public boolean sameSlot(ManifestEntry other) {
        return name.equals(other.name) && output.equals(other.output);
    }
}
