// SPDX-License-Identifier: Apache-2.0
package dev.cairn.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ManifestPropertyTest {
    @Test
    void readsBackEveryManifestItPrints() {
        qt().withExamples(300).forAll(longs().all()).checkAssert(seed -> {
            try {
                Manifest manifest = new Manifest(entries(new Random(seed), 3, new ArrayList<>()));
                String text = ManifestPrinter.print(manifest);
                assertThat(ManifestReader.read(StoreDirectory.GNU, text)).isEqualTo(manifest);
                assertThat(ManifestPrinter.print(ManifestReader.read(StoreDirectory.GNU, text))).isEqualTo(text);
            } catch (FormatException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** A few entries, some of them the very ones that occurred before. */
    private static List<ManifestEntry> entries(Random random, int depth, List<ManifestEntry> known)
            throws FormatException {
        List<ManifestEntry> entries = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            if (!known.isEmpty() && random.nextInt(3) == 0) {
                entries.add(known.get(random.nextInt(known.size())));
                continue;
            }
            List<ManifestEntry> inputs = depth == 0 ? List.of() : entries(random, depth - 1, known);
            String name = "p" + random.nextInt(5);
            StorePath item = StoreDirectory.GNU.item("abcdfghijklmnpqrsvwxyz0123456789-" + name);
            TreeMap<String, String> properties = new TreeMap<>();
            if (random.nextBoolean()) {
                properties.put("k" + random.nextInt(3), "(a . \"" + random.nextInt(3) + "\")");
            }
            ManifestEntry entry = new ManifestEntry(
                    name,
                    random.nextInt(4) == 0 ? "" : "1." + random.nextInt(2),
                    random.nextInt(4) == 0 ? "doc" : "out",
                    item,
                    inputs,
                    random.nextBoolean() ? List.of() : List.of(searchPath(random)),
                    properties);
            known.add(entry);
            entries.add(entry);
        }
        return entries;
    }

    private static SearchPathSpecification searchPath(Random random) {
        return new SearchPathSpecification(
                "V" + random.nextInt(3),
                List.of("share/\"quoted\" \\ and é", "lib"),
                random.nextBoolean() ? Optional.of(":") : Optional.empty(),
                "directory",
                random.nextBoolean() ? Optional.of("^x\\.y$") : Optional.empty());
    }
}
