// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import dev.cairn.fs.FileTrees;
import dev.cairn.layout.LogicalFiles;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.testing.Golden;
import dev.cairn.testing.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class DirectoryUnionTest {
    @TempDir
    Path root;

    private StoreLayout layout;
    private LogicalFiles files;
    private final List<String> log = new ArrayList<>();

    @BeforeEach
    void makeStore() throws IOException {
        layout = new StoreLayout(StoreDirectory.GNU, root);
        files = new LogicalFiles(layout);
        Files.createDirectories(layout.physicalStore());
    }

    static Stream<JsonNode> golden() {
        return Golden.json("profile/union.json").get("cases").valueStream();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void mergesAsGuixDoes(JsonNode golden) throws Exception {
        List<Path> inputs = new ArrayList<>();
        for (JsonNode input : golden.get("inputs")) {
            Path logical = Path.of("/gnu/store/in" + inputs.size());
            make(layout.physical(logical.toString()), input);
            inputs.add(logical);
        }
        if (golden.get("case").asString().equals("same-input-twice")) {
            inputs.set(1, inputs.get(0));
        }
        Path output = root.resolve("output");
        if (!golden.get("error").isNull()) {
            assertThatThrownBy(() -> union().build(output, inputs))
                    .isInstanceOf(UnionException.class)
                    .hasMessageContaining(golden.get("error").asString());
            return;
        }
        union().build(output, inputs);
        assertThat(Trees.list(output)).isEqualTo(expected("", golden.get("result"), new TreeMap<>()));
        assertThat(log.stream().map(line -> line.replace("/gnu/store/", "").strip()))
                .isEqualTo(Golden.strings(golden.get("warnings")));
    }

    @Test
    void followsLogicalLinksWhenItLooksForDirectories() throws Exception {
        Path store = layout.physicalStore();
        Files.createDirectories(store.resolve("real/share/doc"));
        Files.createDirectories(store.resolve("a"));
        Files.createSymbolicLink(store.resolve("a/share"), Path.of("/gnu/store/real/share"));
        Files.createDirectories(store.resolve("b/share/man"));
        union().build(root.resolve("out"), List.of(Path.of("/gnu/store/a"), Path.of("/gnu/store/b")));
        assertThat(Trees.list(root.resolve("out")))
                .isEqualTo(Map.of(
                        "share", "directory",
                        "share/doc", "-> /gnu/store/a/share/doc",
                        "share/man", "-> /gnu/store/b/share/man"));
    }

    @Test
    void endsWhereLinksLeadInCircles() throws Exception {
        for (String name : List.of("a", "b")) {
            Path item = Files.createDirectories(layout.physicalStore().resolve(name));
            Files.createSymbolicLink(item.resolve("loop"), Path.of("."));
        }
        union().build(root.resolve("out"), List.of(Path.of("/gnu/store/a"), Path.of("/gnu/store/b")));
        assertThat(Trees.list(root.resolve("out"))).hasSizeBetween(2, 60);
    }

    @Test
    void refusesItemsThatAreNoDirectories() throws Exception {
        Files.writeString(layout.physicalStore().resolve("text"), "x");
        assertThatThrownBy(() -> union().build(root.resolve("out"), List.of(Path.of("/gnu/store/text"))))
                .isInstanceOf(UnionException.class);
    }

    @Test
    void showsEveryFileOfEveryInputAndTheFirstOfThoseThatCollide() {
        qt().withExamples(60)
                .forAll(lists().of(lists().of(integers().between(0, 26)).ofSizeBetween(0, 8)).ofSizeBetween(1, 4))
                .checkAssert(this::showsEverything);
    }

    private void showsEverything(List<List<Integer>> inputs) {
        try {
            List<Path> logical = new ArrayList<>();
            SortedMap<String, String> expected = new TreeMap<>();
            Path output = root.resolve("out");
            FileTrees.delete(layout.physicalStore());
            FileTrees.delete(output);
            for (List<Integer> input : inputs) {
                Path item = layout.physicalStore().resolve("in" + logical.size());
                Files.createDirectories(item);
                for (int number : input) {
                    // Three levels of three names each, a file in every folder.
                    String name = "d" + number / 9 + "/d" + number / 3 % 3 + "/f" + number % 3;
                    Files.createDirectories(item.resolve(name).getParent());
                    Files.writeString(item.resolve(name), item.getFileName() + name);
                    expected.putIfAbsent(name, item.getFileName() + name);
                }
                logical.add(Path.of("/gnu/store/" + item.getFileName()));
            }
            new DirectoryUnion(files, _ -> {}).build(output, logical);
            SortedMap<String, String> seen = new TreeMap<>();
            read(files.with(Path.of("/out"), output), Path.of("/out"), seen);
            assertThat(seen).isEqualTo(expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnionException e) {
            throw new AssertionError(e);
        }
    }

    private static void read(LogicalFiles files, Path logical, Map<String, String> seen) throws IOException {
        for (Path name : files.names(logical)) {
            Path entry = logical.resolve(name);
            if (files.isDirectory(entry)) {
                read(files, entry, seen);
            } else {
                seen.put(entry.toString().substring(5), Files.readString(files.resolve(entry).orElseThrow()));
            }
        }
    }

    private DirectoryUnion union() {
        return new DirectoryUnion(files, log::add);
    }

    private static void make(Path path, JsonNode node) throws IOException {
        if (node.isObject()) {
            Files.createDirectories(path);
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                make(path.resolve(entry.getKey()), entry.getValue());
            }
        } else if (node.isArray()) {
            Files.createSymbolicLink(path, Path.of(node.get(0).asString()));
        } else {
            Files.writeString(path, node.asString());
        }
    }

    private static SortedMap<String, String> expected(String name, JsonNode node, SortedMap<String, String> listing) {
        if (node.isObject()) {
            if (!name.isEmpty()) {
                listing.put(name, "directory");
            }
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                expected(name.isEmpty() ? entry.getKey() : name + "/" + entry.getKey(), entry.getValue(), listing);
            }
        } else {
            listing.put(name, node.asString().replace("-> ", "-> /gnu/store/"));
        }
        return listing;
    }
}
