// SPDX-License-Identifier: Apache-2.0
package dev.cairn.manifest;

import dev.cairn.error.FormatException;
import dev.cairn.path.StorePath;
import dev.cairn.scheme.Datum;
import dev.cairn.scheme.SchemePrinter;
import dev.cairn.scheme.SchemeReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the {@code manifest} file of a profile, version 4. An entry that occurred before is written as a repetition,
 * so that a manifest stays as large as what it names.
 */
public final class ManifestPrinter {
    private static final String HEADER = """
            ;; The packages of this profile, the last one installed first.
            ;; Made together with the profile; changing it changes nothing.
            ;; A Scheme datum as GNU Guix writes it, version 4; it is data,
            ;; not a program to be given to '--manifest'.

            """;

    private record Key(String name, String version, StorePath item) {}

    private final Map<Key, ManifestEntry> written = new HashMap<>();

    private ManifestPrinter() {}

    /**
     * The text of the file, lines ended by newlines.
     *
     * @throws FormatException when a property is not Scheme data
     */
    public static String print(Manifest manifest) throws FormatException {
        ManifestPrinter printer = new ManifestPrinter();
        Datum datum = Datum.list(
                Datum.symbol("manifest"),
                Datum.list(Datum.symbol("version"), Datum.whole(4)),
                Datum.list(Datum.symbol("packages"), printer.entries(manifest.entries())));
        return HEADER + SchemePrinter.printIndented(datum) + "\n";
    }

    private Datum entries(List<ManifestEntry> entries) throws FormatException {
        List<Datum> data = new ArrayList<>();
        for (ManifestEntry entry : entries) {
            data.add(entry(entry));
        }
        return Datum.list(data);
    }

    private Datum entry(ManifestEntry entry) throws FormatException {
        Key key = new Key(entry.name(), entry.version(), entry.item());
        // Readers look a repetition up by this key alone: only what is the same in everything may be shortened.
        if (entry.equals(written.get(key))) {
            return Datum.list(
                    Datum.symbol("repeated"),
                    Datum.text(entry.name()),
                    version(entry),
                    Datum.text(entry.item().toString()));
        }
        List<Datum> form = new ArrayList<>(List.of(
                Datum.text(entry.name()),
                version(entry),
                Datum.text(entry.output()),
                Datum.text(entry.item().toString())));
        if (!entry.propagatedInputs().isEmpty()) {
            form.add(Datum.list(Datum.symbol("propagated-inputs"), entries(entry.propagatedInputs())));
        }
        if (!entry.searchPaths().isEmpty()) {
            List<Datum> paths = entry.searchPaths().stream().map(ManifestPrinter::searchPath).toList();
            form.add(Datum.list(Datum.symbol("search-paths"), Datum.list(paths)));
        }
        if (!entry.properties().isEmpty()) {
            form.add(Datum.list(Datum.symbol("properties"), properties(entry)));
        }
        written.putIfAbsent(key, entry);
        return Datum.list(form);
    }

    private static Datum version(ManifestEntry entry) {
        return entry.version().isEmpty() ? Datum.FALSE : Datum.text(entry.version());
    }

    private static Datum searchPath(SearchPathSpecification path) {
        return Datum.list(
                Datum.text(path.variable()),
                Datum.list(path.files().stream().map(Datum::text).toList()),
                textOrFalse(path.separator()),
                Datum.symbol(path.fileType()),
                textOrFalse(path.pattern()));
    }

    private static Datum textOrFalse(Optional<String> text) {
        return text.map(Datum::text).orElse(Datum.FALSE);
    }

    private static Datum properties(ManifestEntry entry) throws FormatException {
        List<Datum> pairs = new ArrayList<>();
        for (Map.Entry<String, String> property : entry.properties().entrySet()) {
            pairs.add(Datum.pair(Datum.symbol(property.getKey()), SchemeReader.read(property.getValue())));
        }
        return Datum.list(pairs);
    }
}
