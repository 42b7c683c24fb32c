// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import dev.cairn.daemon.StoreGraph;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkingTest {
    /** The situation of store-layout.json, gc_liveness, which was observed with guix-daemon; names in order. */
    private static final List<String> NAMES = List.of(
            "bdep", "bdep-builder", "bdep.drv", "dep", "dep-builder", "dep.drv", "sh", "topx", "topx-builder",
            "topx.drv");

    @ParameterizedTest
    @CsvSource({
        "true, false, bdep-builder bdep.drv dep dep-builder dep.drv sh topx topx-builder topx.drv",
        "true, true, bdep bdep-builder bdep.drv dep dep-builder dep.drv sh topx topx-builder topx.drv",
        "false, false, dep topx",
        "false, true, dep topx",
    })
    void keepsWhatGuixKeeps(boolean keepDerivations, boolean keepOutputs, String live) throws Exception {
        int[][] references = new int[NAMES.size()][];
        Arrays.fill(references, new int[0]);
        references[n("topx")] = new int[] {n("dep")};
        references[n("topx.drv")] = new int[] {n("dep.drv"), n("bdep.drv"), n("topx-builder"), n("sh")};
        references[n("dep.drv")] = new int[] {n("dep-builder"), n("sh")};
        references[n("bdep.drv")] = new int[] {n("bdep-builder"), n("sh")};
        int[] derivers = new int[NAMES.size()];
        Arrays.fill(derivers, -1);
        int[] outputs = new int[6];
        int next = 0;
        for (String built : List.of("topx", "dep", "bdep")) {
            derivers[n(built)] = n(built + ".drv");
            outputs[next++] = n(built + ".drv");
            outputs[next++] = n(built);
        }
        Marking marking = new Marking(
                graph(references, derivers), new int[] {n("topx")}, outputs, new Keeping(keepDerivations, keepOutputs));
        assertThat(IntStream.range(0, NAMES.size()).filter(marking::isLive).mapToObj(NAMES::get))
                .containsExactly(live.split(" "));
    }

    @Test
    void knowsAShortestChain() throws Exception {
        StoreGraph graph = graph(new int[][] {{1}, {2, 3}, {3}, {3}, {}}, new int[] {-1, -1, -1, -1, -1});
        Marking marking = new Marking(graph, new int[] {0}, new int[0], new Keeping(true, false));
        assertThat(marking.chain(3)).containsExactly(0, 1, 3);
        assertThat(marking.isLive(4)).isFalse();
        assertThat(marking.liveCount()).isEqualTo(4);
    }

    @Test
    void agreesWithTheDefinition() {
        qt().withExamples(300)
                .forAll(integers().between(1, 12), integers().all(), integers().between(0, 3))
                .check((size, seed, flags) -> {
                    Random random = new Random(seed);
                    int[][] references = new int[size][];
                    int[] derivers = new int[size];
                    List<Integer> outputs = new ArrayList<>();
                    for (int i = 0; i < size; i++) {
                        references[i] = random.ints(random.nextInt(3), 0, size)
                                .distinct()
                                .toArray();
                        derivers[i] = random.nextInt(-1, size);
                        if (random.nextBoolean()) {
                            outputs.add(random.nextInt(size));
                            outputs.add(i);
                        }
                    }
                    int[] edges = outputs.stream().mapToInt(Integer::intValue).toArray();
                    int[] roots = {random.nextInt(size)};
                    boolean derivations = (flags & 1) != 0;
                    boolean keepOutputs = (flags & 2) != 0;
                    boolean[] expected = naive(references, derivers, edges, roots, derivations, keepOutputs);
                    Marking marking = new Marking(
                            graph(references, derivers), roots, edges, new Keeping(derivations, keepOutputs));
                    return IntStream.range(0, size).allMatch(i -> marking.isLive(i) == expected[i]);
                });
    }

    /** Formats, section 9.4, word by word: live if a root, or if something incoming is live. */
    private static boolean[] naive(
            int[][] references, int[] derivers, int[] outputs, int[] roots, boolean derivations, boolean keepOutputs) {
        boolean[] live = new boolean[references.length];
        for (int root : roots) {
            live[root] = true;
        }
        for (boolean changed = true; changed; ) {
            boolean[] before = live.clone();
            for (int x = 0; x < live.length; x++) {
                for (int referrer = 0; referrer < live.length; referrer++) {
                    int item = x;
                    live[x] |= live[referrer] && Arrays.stream(references[referrer]).anyMatch(r -> r == item);
                }
                for (int i = 0; i < outputs.length; i += 2) {
                    int drv = outputs[i];
                    int output = outputs[i + 1];
                    live[x] |= derivations && x == drv && derivers[output] == x && live[output];
                    live[x] |= keepOutputs && x == output && live[drv];
                }
            }
            changed = !Arrays.equals(before, live);
        }
        return live;
    }

    private static int n(String name) {
        return NAMES.indexOf(name);
    }

    private static StoreGraph graph(int[][] references, int[] derivers) {
        int[] offsets = new int[references.length + 1];
        for (int i = 0; i < references.length; i++) {
            offsets[i + 1] = offsets[i] + references[i].length;
        }
        int[] targets = Arrays.stream(references).flatMapToInt(Arrays::stream).toArray();
        List<StorePath> paths =
                IntStream.range(0, references.length).mapToObj(MarkingTest::path).toList();
        return new StoreGraph(paths, new long[references.length], offsets, targets, derivers);
    }

    private static StorePath path(int number) {
        try {
            return StoreDirectory.GNU.item(String.format("%032d-item", number));
        } catch (dev.cairn.error.FormatException e) {
            throw new AssertionError(e);
        }
    }
}
