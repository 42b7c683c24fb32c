// SPDX-License-Identifier: Apache-2.0
package dev.cairn.ui.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.channel.json.JsonChannel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the bundled channel promises as a whole. */
class BundledChannelDefinitionsTest {
    private static final BundledChannel CHANNEL = BundledChannel.open();

    @Test
    void everyDefinitionIsSound() {
        assertThat(CHANNEL.contents().problems()).isEmpty();
    }

    @Test
    void everyFileFitsItsSchema() throws IOException {
        assertFits(CHANNEL.folder().resolve("channel.json"), schema("channel.schema.json"));
        Schema packages = schema("package.schema.json");
        for (Path file : CHANNEL.files("packages")) {
            assertFits(file, packages);
        }
    }

    private static void assertFits(Path file, Schema schema) throws IOException {
        assertThat(schema.validate(Files.readString(file), InputFormat.JSON)).as(file.toString()).isEmpty();
    }

    private static Schema schema(String name) throws IOException {
        try (InputStream text = Objects.requireNonNull(JsonChannel.class.getResourceAsStream(name), name)) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(text.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        }
    }

    @Test
    void hasFortyPackagesAndSomeInSeveralVersions() {
        Map<String, Long> versions = CHANNEL.packages().stream()
                .collect(Collectors.groupingBy(CatalogPackage::name, Collectors.counting()));
        assertThat(versions).hasSizeGreaterThanOrEqualTo(40);
        assertThat(versions.values().stream().filter(n -> n >= 2)).hasSizeGreaterThanOrEqualTo(8);
        assertThat(versions.values()).contains(3L);
    }

    @Test
    void hasOutputsAndPropagatedInputs() {
        assertThat(CHANNEL.packages().stream().filter(p -> p.outputs().size() > 1)).hasSizeGreaterThanOrEqualTo(8);
        assertThat(CHANNEL.packages().stream().filter(p -> !p.propagatedInputs().isEmpty()))
                .hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void buildsTenPackagesByScript() {
        assertThat(CHANNEL.packages().stream().filter(CatalogPackage::impure).map(CatalogPackage::name).distinct())
                .hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void reachesSixStepsDeep() {
        Map<CatalogPackage, Integer> known = new HashMap<>();
        assertThat(CHANNEL.packages().stream().mapToInt(p -> depth(p, known)).max().orElseThrow())
                .isGreaterThanOrEqualTo(6);
    }

    private static int depth(CatalogPackage of, Map<CatalogPackage, Integer> known) {
        Integer depth = known.get(of);
        if (depth == null) {
            depth = CHANNEL.runtimeInputs(of).stream().mapToInt(p -> 1 + depth(p, known)).max().orElse(0);
            known.put(of, depth);
        }
        return depth;
    }

    @Test
    void hasOnePackageThatTwentyOthersUse() {
        Map<String, Long> dependents = CHANNEL.packages().stream()
                .map(p -> CHANNEL.runtimeInputs(p).stream().map(CatalogPackage::name).collect(Collectors.toSet()))
                .flatMap(Set::stream)
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        assertThat(dependents.get("shlib-args")).isGreaterThanOrEqualTo(20);
    }

    @Test
    void describesEveryPackage() {
        for (CatalogPackage p : CHANNEL.packages()) {
            assertThat(p.synopsis()).as(p.name()).hasSizeLessThanOrEqualTo(70).doesNotEndWith(".")
                    .doesNotMatch("(A|An|The) .*");
            assertThat(p.description()).as(p.name()).hasSizeGreaterThan(20);
            assertThat(p.licenses()).as(p.name()).isEqualTo(List.of("Apache-2.0"));
        }
    }
}
