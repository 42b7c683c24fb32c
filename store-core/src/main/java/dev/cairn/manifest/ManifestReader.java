// SPDX-License-Identifier: Apache-2.0
package dev.cairn.manifest;

import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.scheme.Datum;
import dev.cairn.scheme.SchemePrinter;
import dev.cairn.scheme.SchemeReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the {@code manifest} file of a profile: versions 2, 3 and 4, with or without minor numbers (formats, section
 * 10.6). Versions 0 and 1 are too old, later ones too new.
 */
public final class ManifestReader {
    /** How many entries a manifest may stand for, nested and repeated ones counted each time. */
    public static final int MAX_ENTRIES = 100_000;

    private record Key(String name, String version, StorePath item) {}

    private record Sized(ManifestEntry entry, int size) {}

    private final StoreDirectory store;
    private final int version;
    private final Map<Key, Sized> read = new HashMap<>();
    private int total;

    private ManifestReader(StoreDirectory store, int version) {
        this.store = store;
        this.version = version;
    }

    /**
     * Reads the text of a manifest.
     *
     * @param store where all items must be
     */
    public static Manifest read(StoreDirectory store, String text) throws FormatException {
        List<Datum> form = list(SchemeReader.read(text), "the manifest");
        if (form.size() < 3 || !isSymbol(form.getFirst(), "manifest")) {
            throw problem("expected (manifest (version V) (packages (...)))");
        }
        ManifestReader reader = new ManifestReader(store, version(form.get(1)));
        List<Datum> packages = list(form.get(2), "'packages'");
        if (packages.size() != 2 || !isSymbol(packages.getFirst(), "packages")) {
            throw problem("expected (packages (...)) behind the version");
        }
        List<ManifestEntry> entries = new ArrayList<>();
        for (Datum datum : list(packages.get(1), "the list of packages")) {
            entries.add(reader.entry(datum).entry());
        }
        return new Manifest(entries);
    }

    private static int version(Datum datum) throws FormatException {
        List<Datum> form = list(datum, "the version");
        if (form.size() < 2
                || !isSymbol(form.getFirst(), "version")
                || !(form.get(1) instanceof Datum.Whole(BigInteger number))) {
            throw problem("expected (version NUMBER)");
        }
        if (number.compareTo(BigInteger.TWO) < 0 || number.compareTo(BigInteger.valueOf(4)) > 0) {
            throw problem("unsupported manifest format: version " + number + " (known are 2, 3 and 4)");
        }
        return number.intValue();
    }

    private Sized entry(Datum datum) throws FormatException {
        List<Datum> form = list(datum, "an entry");
        if (version == 4 && form.size() >= 4 && isSymbol(form.getFirst(), "repeated")) {
            return repeated(form);
        }
        if (form.size() < 4) {
            throw problem("an entry needs name, version, output and item");
        }
        String name = text(form.get(0), "the name of an entry");
        StorePath item = item(form.get(3));
        Map<String, Datum> fields = fields(form.subList(4, form.size()), name);
        List<ManifestEntry> propagated = new ArrayList<>();
        int size = count(1);
        Datum inputs = fields.getOrDefault("propagated-inputs", Datum.NIL);
        for (Datum input : list(inputs, "'propagated-inputs' of " + name)) {
            Sized nested = version == 2 ? bare(input) : entry(input);
            propagated.add(nested.entry());
            size = Math.addExact(size, nested.size());
        }
        List<SearchPathSpecification> searchPaths = new ArrayList<>();
        for (Datum path : list(fields.getOrDefault("search-paths", Datum.NIL), "'search-paths' of " + name)) {
            searchPaths.add(searchPath(path));
        }
        ManifestEntry entry = new ManifestEntry(
                name,
                optionalText(form.get(1), "the version of " + name).orElse(""),
                text(form.get(2), "the output of " + name),
                item,
                propagated,
                searchPaths,
                properties(fields.getOrDefault("properties", Datum.NIL), name));
        return record(new Sized(entry, size));
    }

    private Sized repeated(List<Datum> form) throws FormatException {
        String name = text(form.get(1), "the name of a repeated entry");
        String itsVersion = optionalText(form.get(2), "the version of a repeated entry").orElse("");
        Sized known = read.get(new Key(name, itsVersion, item(form.get(3))));
        if (known == null) {
            throw problem("'" + name + "' is said to be repeated but does not occur before");
        }
        count(known.size());
        return known;
    }

    /** An entry of which only the store path is known. */
    private Sized bare(Datum datum) throws FormatException {
        StorePath item = item(datum);
        ItemName name = ItemName.split(item.name());
        ManifestEntry entry = new ManifestEntry(
                name.name(), name.version(), "out", item, List.of(), List.of(), new TreeMap<>());
        return record(new Sized(entry, count(1)));
    }

    private Sized record(Sized sized) {
        ManifestEntry entry = sized.entry();
        read.putIfAbsent(new Key(entry.name(), entry.version(), entry.item()), sized);
        return sized;
    }

    /** A few repetitions inside each other stand for any number of entries: what they stand for is bounded. */
    private int count(int entries) throws FormatException {
        total += entries;
        if (total > MAX_ENTRIES) {
            throw problem("more than " + MAX_ENTRIES + " entries");
        }
        return entries;
    }

    private Map<String, Datum> fields(List<Datum> data, String name) throws FormatException {
        Map<String, Datum> fields = new HashMap<>();
        for (Datum datum : data) {
            if (!(datum instanceof Datum.Listing field)
                    || field.elements().isEmpty()
                    || !(field.elements().getFirst() instanceof Datum.Symbol(String key))) {
                throw problem("expected (FIELD VALUE) in the entry " + name);
            }
            Datum rest = Datum.rest(field);
            // Before version 4 the properties are spliced into the field: its rest is the list.
            boolean spliced = version < 4 && key.equals("properties");
            fields.putIfAbsent(key, spliced ? rest : first(rest));
        }
        return fields;
    }

    private static Datum first(Datum rest) {
        return rest instanceof Datum.Listing(List<Datum> elements, _) && !elements.isEmpty()
                ? elements.getFirst()
                : Datum.NIL;
    }

    private static SortedMap<String, String> properties(Datum alist, String name) throws FormatException {
        SortedMap<String, String> properties = new TreeMap<>();
        for (Datum datum : list(alist, "'properties' of " + name)) {
            if (!(datum instanceof Datum.Listing pair)
                    || pair.elements().isEmpty()
                    || !(pair.elements().getFirst() instanceof Datum.Symbol(String key))) {
                throw problem("expected (KEY . VALUE) in the properties of " + name);
            }
            properties.putIfAbsent(key, SchemePrinter.print(Datum.rest(pair)));
        }
        return properties;
    }

    /**
     * Reads {@code (VARIABLE (FILE ...) SEPARATOR TYPE PATTERN)}, as entries have it.
     *
     * @throws FormatException when it is anything else
     */
    public static SearchPathSpecification searchPath(Datum datum) throws FormatException {
        List<Datum> form = list(datum, "a search path");
        if (form.size() < 5 || !(form.get(3) instanceof Datum.Symbol(String type))) {
            throw problem("expected (VARIABLE (FILE ...) SEPARATOR TYPE PATTERN) for a search path");
        }
        List<String> files = new ArrayList<>();
        for (Datum file : list(form.get(1), "the files of a search path")) {
            files.add(text(file, "a file of a search path"));
        }
        return new SearchPathSpecification(
                text(form.get(0), "the variable of a search path"),
                files,
                optionalText(form.get(2), "the separator of a search path"),
                type,
                optionalText(form.get(4), "the pattern of a search path"));
    }

    private StorePath item(Datum datum) throws FormatException {
        return store.parse(text(datum, "the item of an entry"));
    }

    private static List<Datum> list(Datum datum, String what) throws FormatException {
        if (datum instanceof Datum.Listing list && list.isProper()) {
            return list.elements();
        }
        throw problem(what + " must be a list");
    }

    private static String text(Datum datum, String what) throws FormatException {
        if (datum instanceof Datum.Text(String value)) {
            return value;
        }
        throw problem(what + " must be a string");
    }

    private static Optional<String> optionalText(Datum datum, String what) throws FormatException {
        return datum.equals(Datum.FALSE) ? Optional.empty() : Optional.of(text(datum, what));
    }

    private static boolean isSymbol(Datum datum, String name) {
        return datum instanceof Datum.Symbol(String symbol) && symbol.equals(name);
    }

    private static FormatException problem(String what) {
        return new FormatException("manifest", what);
    }
}
