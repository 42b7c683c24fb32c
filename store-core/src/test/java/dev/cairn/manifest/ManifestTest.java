// SPDX-License-Identifier: Apache-2.0
package dev.cairn.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.scheme.Datum;
import dev.cairn.scheme.SchemePrinter;
import dev.cairn.scheme.SchemeReader;
import dev.cairn.testing.Golden;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ManifestTest {
    private static final String FOO = "/gnu/store/y83q5r1w077hfqa2j5kgbd0g35vavf2h-foo-1.0";

    static Collection<String> golden() {
        return Golden.json("manifest/expected.json").get("manifests").propertyNames();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void readsWhatGuixReads(String name) throws FormatException {
        JsonNode expected = Golden.json("manifest/expected.json").get("manifests").get(name);
        String text = Golden.text("manifest/" + name + ".scm");
        if (expected.isObject()) {
            assertThatThrownBy(() -> ManifestReader.read(StoreDirectory.GNU, text))
                    .isInstanceOf(FormatException.class);
        } else {
            assertThat(ManifestReader.read(StoreDirectory.GNU, text).entries()).isEqualTo(entries(expected));
        }
    }

    @Test
    void printsTheDataThatGuixPrints() throws FormatException {
        for (String name : List.of("version-4", "version-4-empty")) {
            String golden = Golden.text("manifest/" + name + ".scm");
            String printed = ManifestPrinter.print(ManifestReader.read(StoreDirectory.GNU, golden));
            assertThat(unordered(SchemeReader.read(printed))).isEqualTo(unordered(SchemeReader.read(golden)));
            assertThat(printed.lines().limit(4)).allMatch(line -> line.startsWith(";;"));
            assertThat(printed.lines().skip(4).findFirst()).contains("");
        }
    }

    @Test
    void readsBackWhatItPrints() throws FormatException {
        for (String name : List.of("version-2", "version-3", "version-4", "version-4-minor")) {
            Manifest manifest = ManifestReader.read(StoreDirectory.GNU, Golden.text("manifest/" + name + ".scm"));
            assertThat(ManifestReader.read(StoreDirectory.GNU, ManifestPrinter.print(manifest))).isEqualTo(manifest);
        }
    }

    @Test
    void keepsEntriesApartThatDifferInPropertiesOnly() throws FormatException {
        StorePath item = StoreDirectory.GNU.parse(FOO);
        ManifestEntry plain = new ManifestEntry("foo", "1.0", "out", item, List.of(), List.of(), new TreeMap<>());
        ManifestEntry known = new ManifestEntry(
                "foo", "1.0", "out", item, List.of(), List.of(), ManifestEntry.fromChannel("my \"own\" channel"));
        Manifest manifest = new Manifest(List.of(plain, known, plain));
        Manifest read = ManifestReader.read(StoreDirectory.GNU, ManifestPrinter.print(manifest));
        assertThat(read).isEqualTo(manifest);
        assertThat(read.entries().get(1).channel()).contains("my \"own\" channel");
        assertThat(read.entries().get(0).channel()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "(manifest)",
                "(manifest (version 4) (packages))",
                "(manifest (version \"4\") (packages ()))",
                "(manifest (version 4) (packages ((\"foo\" \"1\" \"out\" \"/etc/passwd\"))))",
                "(manifest (version 4) (packages ((\"foo\" \"1\" \"out\" \"" + FOO + "/../x\"))))",
                "(manifest (version 4) (packages ((\"foo\" \"1\" \"out\" \"/gnu/store/../etc\"))))",
                "(manifest (version 4) (packages ((\"foo\" \"1\" \"out\"))))",
                "(manifest (version 4) (packages ((foo \"1\" \"out\" \"" + FOO + "\"))))",
                "(manifest (version 4) (packages ((\"foo\" \"1\" \"out\" \"" + FOO + "\" x))))",
                "(manifest (version 4) (packages . 3))"
            })
    void refusesWhatIsNoManifest(String text) {
        assertThatThrownBy(() -> ManifestReader.read(StoreDirectory.GNU, text)).isInstanceOf(FormatException.class);
    }

    @Test
    void refusesRepetitionsThatStandForTooMuch() {
        StringBuilder text = new StringBuilder("(manifest (version 4) (packages (");
        String entry = "(\"p%d\" \"1\" \"out\" \"" + FOO + "\" (propagated-inputs (%s)))\n";
        text.append(entry.formatted(0, ""));
        for (int i = 1; i < 60; i++) {
            String before = "(repeated \"p%d\" \"1\" \"%s\")".formatted(i - 1, FOO);
            text.append(entry.formatted(i, before + before));
        }
        text.append(")))");
        assertThatThrownBy(() -> ManifestReader.read(StoreDirectory.GNU, text.toString()))
                .hasMessageContaining("entries");
    }

    @Test
    void ordersEntriesBreadthFirst() throws FormatException {
        Manifest manifest = ManifestReader.read(StoreDirectory.GNU, Golden.text("manifest/version-3.scm"));
        assertThat(manifest.items())
                .extracting(StorePath::name)
                .containsExactly("foo-1.0", "bar-1.0", "baz-1.0", "qux-1.0");
        assertThat(manifest.searchPaths())
                .extracting(SearchPathSpecification::variable)
                .containsExactly(
                        "PATH", "GUIX_EXTENSIONS_PATH", "ONE_FILE", "PKG_CONFIG_PATH", "XDOC", "GUILE_LOAD_PATH");
    }

    @ParameterizedTest
    @CsvSource({"python-3-foo-1.2,python,3-foo-1.2", "bar-1.0,bar,1.0", "font-x,font-x,''", "a-,a-,''", "-1,-1,''"})
    void splitsNamesOfItems(String text, String name, String version) {
        assertThat(ItemName.split(text)).isEqualTo(new ItemName(name, version));
    }

    /** Fields and properties may come in any order; ours are sorted. */
    private static Object unordered(Datum datum) {
        if (datum instanceof Datum.Listing(List<Datum> elements, Optional<Datum> tail)) {
            boolean alist = !elements.isEmpty()
                    && elements.getFirst() instanceof Datum.Listing first
                    && !first.elements().isEmpty()
                    && first.elements().getFirst() instanceof Datum.Symbol;
            List<Object> inner = new ArrayList<>(elements.stream().map(ManifestTest::unordered).toList());
            return alist ? Set.copyOf(inner) : List.of(inner, tail);
        }
        return datum;
    }

    private static List<ManifestEntry> entries(JsonNode list) throws FormatException {
        List<ManifestEntry> entries = new ArrayList<>();
        for (JsonNode node : list) {
            List<SearchPathSpecification> paths = new ArrayList<>();
            node.get("search_paths").forEach(path -> paths.add(Golden.searchPath(path)));
            entries.add(new ManifestEntry(
                    node.get("name").asString(),
                    node.get("version").asString(),
                    node.get("output").asString(),
                    StoreDirectory.GNU.parse(node.get("item").asString()),
                    entries(node.get("dependencies")),
                    paths,
                    properties(node.get("properties_sexp").asString())));
        }
        return entries;
    }

    private static SortedMap<String, String> properties(String text) throws FormatException {
        SortedMap<String, String> properties = new TreeMap<>();
        if (SchemeReader.read(text) instanceof Datum.Listing alist) {
            for (Datum pair : alist.elements()) {
                if (pair instanceof Datum.Listing list
                        && list.elements().getFirst() instanceof Datum.Symbol(String key)) {
                    properties.putAll(Map.of(key, SchemePrinter.print(Datum.rest(list))));
                }
            }
        }
        return properties;
    }
}
