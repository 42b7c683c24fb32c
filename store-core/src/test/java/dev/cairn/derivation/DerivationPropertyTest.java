// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.testing.Gen;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DerivationPropertyTest {
    private static final StoreDirectory GNU = StoreDirectory.GNU;

    /** All octets but NUL. */
    private static final String OCTETS =
            IntStream.rangeClosed(1, 255).mapToObj(Character::toString).collect(Collectors.joining());

    private final Map<StorePath, Derivation> known = new HashMap<>();
    private final DerivationHasher<RuntimeException> hasher = new DerivationHasher<>(GNU, known::get);

    @Test
    void readingWhatIsPrintedGivesItBack() {
        Gen<String> strings = Gen.strings(OCTETS + "\"\\\n\r\t".repeat(20), 0, 12);
        strings.lists(0, 12).check(list -> {
            Derivation derivation = derivation(list);
            byte[] text = DerivationPrinter.print(derivation);
            Derivation read = DerivationParser.parse(GNU, text);
            assertThat(read).isEqualTo(derivation);
            assertThat(DerivationPrinter.print(read)).isEqualTo(text);
        });
    }

    @Test
    void aDamagedTextIsRefusedOrTheTextOfAnotherDerivation() throws Exception {
        byte[] text = DerivationPrinter.print(derivation(List.of("a", "b\n", "c\"d", "e")));
        Gen<Integer> positions = Gen.integers(0, text.length - 1);
        positions.flatMap(at -> Gen.integers(1, 255).map(change -> new int[] {at, change})).check(5000, damage -> {
            byte[] damaged = text.clone();
            damaged[damage[0]] ^= (byte) damage[1];
            Derivation read;
            try {
                read = DerivationParser.parse(GNU, damaged);
            } catch (FormatException _) {
                return;
            }
            assertThat(DerivationPrinter.print(read)).isEqualTo(damaged);
        });
    }

    @Test
    void theOrderInWhichPartsAreGivenDoesNotMatter() {
        Gen.longs(0, Long.MAX_VALUE).check(100, seed -> {
            assertThat(shuffled(seed).path()).isEqualTo(shuffled(0L).path());
        });
    }

    @Test
    void inputsWithTheSameOutputsAreOne() throws Exception {
        Hash hash = Hash.sha256(new byte[0]);
        NamedDerivation one = remember(new DerivationBuilder("x", "any", "builtin:a").fixedOutput(hash, false));
        NamedDerivation other = remember(new DerivationBuilder("x", "any", "builtin:b").fixedOutput(hash, false));
        assertThat(one.path()).isNotEqualTo(other.path());
        Derivation user =
                remember(new DerivationBuilder("y", "any", "z").input(other).input(one)).derivation();
        assertThat(user.inputDerivations().keySet()).containsExactly(other.path());
        assertThat(remember(new DerivationBuilder("y", "any", "z").input(one)).output("out"))
                .isEqualTo(user.outputPaths().getFirst());
    }

    @Test
    void deepChainsDoNotOverflowTheStack() throws Exception {
        DerivationHasher<RuntimeException> fresh = new DerivationHasher<>(GNU, known::get);
        NamedDerivation last = remember(new DerivationBuilder("d", "any", "b"));
        for (int i = 0; i < 20_000; i++) {
            last = remember(new DerivationBuilder("d", "any", "b").input(last));
        }
        assertThat(fresh.modulo(last.path())).isEqualTo(hasher.modulo(last.path()));
    }

    @Test
    void refusesCircles() throws Exception {
        StorePath path = GNU.item("0".repeat(32) + "-a.drv");
        NamedDerivation out = new DerivationBuilder("a", "any", "b").build(hasher);
        Derivation loop = out.derivation();
        known.put(
                path,
                new Derivation(
                        loop.outputs(),
                        new TreeMap<>(Map.of(path, new TreeSet<>(List.of("out")))),
                        loop.inputSources(),
                        loop.system(),
                        loop.builder(),
                        loop.arguments(),
                        loop.environment()));
        assertThatThrownBy(() -> hasher.modulo(path))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("itself");
    }

    private NamedDerivation remember(DerivationBuilder builder) throws FormatException {
        NamedDerivation named = builder.build(hasher);
        known.put(named.path(), named.derivation());
        return named;
    }

    private NamedDerivation shuffled(long seed) throws FormatException {
        List<String> letters = new ArrayList<>(List.of("a", "b", "c", "d", "e", "out"));
        Random random = new Random(seed);
        List<NamedDerivation> inputs = new ArrayList<>();
        for (String letter : letters) {
            inputs.add(remember(new DerivationBuilder(letter, "any", "b")));
        }
        Collections.shuffle(letters, random);
        Collections.shuffle(inputs, random);
        DerivationBuilder builder = new DerivationBuilder("x", "any", "b").outputs(letters);
        letters.forEach(letter -> builder.variable("v" + letter, letter));
        inputs.forEach(builder::input);
        inputs.forEach(input -> builder.source(input.output("out")));
        return builder.build(hasher);
    }

    /** A derivation that holds the strings wherever strings may be. */
    private Derivation derivation(List<String> strings) throws FormatException {
        NamedDerivation input = remember(new DerivationBuilder("input", "any", "b"));
        DerivationBuilder builder = new DerivationBuilder("x", "any", "b").input(input);
        builder.source(input.output("out"));
        NamedDerivation plain = builder.build(hasher);
        Map<String, String> environment = new HashMap<>(plain.derivation().environment());
        for (int i = 0; i + 1 < strings.size(); i++) {
            environment.put(strings.get(i), strings.get(i + 1));
        }
        return new Derivation(
                plain.derivation().outputs(),
                plain.derivation().inputDerivations(),
                plain.derivation().inputSources(),
                strings.isEmpty() ? "" : strings.getFirst(),
                strings.isEmpty() ? "" : strings.getLast(),
                strings,
                new TreeMap<>(environment));
    }
}
