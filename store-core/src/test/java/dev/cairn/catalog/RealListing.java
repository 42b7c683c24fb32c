// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.event.EventSink;
import dev.cairn.packages.Specification;
import dev.cairn.testing.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The packages of a real distribution, as a channel; skips the calling test where the data is missing. */
public final class RealListing implements CatalogSource {
    private static final String FILE = "data/guix-packages.jsonl.zst";

    /** Skips the calling test where the data is missing. */
    public RealListing() {
        SharedData.require(FILE);
    }

    @Override
    public String name() {
        return "real";
    }

    @Override
    public String fingerprint() {
        return "1";
    }

    @Override
    public void read(ContentsSink sink, EventSink events) throws CairnException {
        ObjectMapper mapper = new ObjectMapper();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(SharedData.open(FILE), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                sink.add(row(mapper.readTree(line)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CatalogPackage row(JsonNode node) {
        return new CatalogPackage(
                new PackageKey(name(), node.get("name").asString(), node.get("version").asString()),
                strings(node.get("outputs")),
                clean(node.get("synopsis").asString()),
                clean(node.get("description").asString()),
                strings(node.get("license")),
                Optional.empty(),
                Optional.of(node.get("location").asString()),
                specifications(node.get("inputs")),
                specifications(node.get("native_inputs")),
                specifications(node.get("propagated_inputs")),
                false,
                new TreeMap<>());
    }

    private static String clean(String text) {
        return text.strip().replaceAll("(?<!\n)\n(?!\n)", " ");
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(item -> strings.add(item.asString()));
        return strings;
    }

    private static List<Specification> specifications(JsonNode array) {
        List<Specification> specifications = new ArrayList<>();
        for (String text : strings(array)) {
            try {
                specifications.add(Specification.parse(text));
            } catch (FormatException e) {
                throw new IllegalStateException(e);
            }
        }
        return specifications;
    }
}
