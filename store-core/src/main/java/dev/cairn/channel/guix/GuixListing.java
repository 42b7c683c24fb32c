// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a service lists of one commit for one system, put together.
 *
 * @param rows by name, then version; each pair once
 * @param order that the service has the names in, if it is a known one
 */
record GuixListing(List<Row> rows, Optional<NameOrder> order) implements RevisionRows {
    /**
     * A package with its outputs.
     *
     * @param outputs in the order of the service; several may have one name, where a package comes in variants, and
     *     some may have none that could be told
     */
    record Row(ListedPackage description, List<ListedOutput> outputs) {
        Row {
            outputs = List.copyOf(outputs);
        }

        /** What its outputs are called, {@code out} first. */
        List<String> outputNames() {
            List<String> names = outputs.stream()
                    .map(ListedOutput::output)
                    .flatMap(Optional::stream)
                    .distinct()
                    .sorted(Comparator.comparing((String name) -> !name.equals("out")).thenComparing(name -> name))
                    .toList();
            return names.isEmpty() ? List.of("out") : names;
        }
    }

    GuixListing {
        rows = List.copyOf(rows);
    }

    private record Key(String name, String version) {}

    /** Brings packages and outputs together. Rows that are only other names of packages are left out. */
    static GuixListing join(
            List<ListedPackage> packages, List<ListedOutput> outputs, Optional<NameOrder> order) {
        Map<Key, List<ListedOutput>> outputsByKey = new HashMap<>();
        for (ListedOutput output : outputs) {
            Key key = new Key(output.name(), output.version());
            outputsByKey.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(output);
        }
        List<Row> rows = new ArrayList<>();
        for (ListedPackage one : packages(packages)) {
            rows.add(new Row(one, outputsByKey.getOrDefault(new Key(one.name(), one.version()), List.of())));
        }
        return new GuixListing(rows, order);
    }

    /** Of rows as they come, those that are packages, by name, then version; of several with one key the first. */
    static List<ListedPackage> packages(List<ListedPackage> rows) {
        Map<Key, ListedPackage> byKey = new LinkedHashMap<>();
        for (ListedPackage one : rows) {
            if (ListedPackage.isKey(one.name(), one.version()) && !one.isAlias()) {
                byKey.putIfAbsent(new Key(one.name(), one.version()), one);
            }
        }
        List<ListedPackage> sorted = new ArrayList<>(byKey.values());
        sorted.sort(ListedPackage.BY_NAME);
        return sorted;
    }

    @Override
    public void write(RevisionWriter out) throws IOException {
        out.begin(rows.size());
        for (Row row : rows) {
            out.add(row);
        }
    }
}
