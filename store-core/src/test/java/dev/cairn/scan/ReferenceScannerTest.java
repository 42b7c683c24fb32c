// SPDX-License-Identifier: Apache-2.0
package dev.cairn.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import dev.cairn.encoding.Base32;
import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReferenceScannerTest {
    private static final String A = "0123456789abcdfghijklmnpqrsvwxyz";
    private static final String B = "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz";

    @Test
    void findsAHashWithAnythingBeforeAndBehind() throws Exception {
        assertThat(found("x/" + A + "-y", A)).containsExactly(item(A));
        assertThat(found("00" + A + "00", A)).containsExactly(item(A));
        assertThat(found(A, A)).containsExactly(item(A));
    }

    @Test
    void findsNothingInWhatIsSplitCutOrUpperCase() throws Exception {
        assertThat(found(A.substring(0, 31), A)).isEmpty();
        assertThat(found(A.substring(0, 16) + "\n" + A.substring(16), A)).isEmpty();
        assertThat(found(A.toUpperCase(java.util.Locale.ROOT), A)).isEmpty();
        assertThat(found("", A)).isEmpty();
    }

    @Test
    void findsOverlappingHashes() throws Exception {
        String shifted = A.substring(1) + "0";
        assertThat(found(A + "0", A, shifted)).containsExactlyInAnyOrder(item(A), item(shifted));
        assertThat(found(B + "z", B)).containsExactly(item(B));
    }

    @Test
    void tellsHashesWithTheSameBeginningApart() throws Exception {
        String other = A.substring(0, 31) + "0";
        assertThat(found("-" + other + "-", A, other)).containsExactly(item(other));
    }

    @Test
    void findsEveryItemWithTheSameHash() throws Exception {
        StorePath first = StoreDirectory.GNU.item(A + "-a");
        StorePath second = StoreDirectory.GNU.item(A + "-b");
        ReferenceScanner scanner = new ReferenceScanner(List.of(first, second));
        scanner.write(A.getBytes(StandardCharsets.US_ASCII));
        assertThat(scanner.found()).containsExactly(first, second);
    }

    @Test
    void passesEverythingOn() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ReferenceScanner scanner = new ReferenceScanner(List.of(), out)) {
            scanner.write('a');
            scanner.write("bcd".getBytes(StandardCharsets.US_ASCII), 1, 2);
        }
        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("acd");
    }

    @Test
    void agreesWithPlainSearchHoweverTheDataIsCut() {
        qt().withExamples(400)
                .forAll(longs().all(), integers().between(0, 600), integers().between(1, 100))
                .check((seed, size, largest) -> agrees(new Random(seed), size, largest));
    }

    private static boolean agrees(Random random, int size, int largest) {
        try {
            List<StorePath> candidates = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                candidates.add(item(digits(random, 32, i % 2 == 0 ? 32 : 2)));
            }
            StringBuilder text = new StringBuilder();
            while (text.length() < size) {
                switch (random.nextInt(4)) {
                    case 0 -> text.append(digits(random, random.nextInt(40), 2));
                    case 1 -> text.append(candidates.get(random.nextInt(6)).hashPart());
                    case 2 -> text.append(candidates.get(random.nextInt(6)).hashPart(), 0, random.nextInt(32));
                    default -> text.append((char) random.nextInt(256));
                }
            }
            SortedSet<StorePath> expected = new TreeSet<>();
            candidates.stream()
                    .filter(candidate -> text.indexOf(candidate.hashPart()) >= 0)
                    .forEach(expected::add);
            ReferenceScanner scanner = new ReferenceScanner(candidates);
            byte[] data = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            int at = 0;
            while (at < data.length) {
                int length = Math.min(data.length - at, random.nextInt(largest + 1));
                scanner.write(data, at, length);
                at += length;
            }
            return scanner.found().equals(expected);
        } catch (IOException | FormatException e) {
            throw new AssertionError(e);
        }
    }

    private static String digits(Random random, int length, int kinds) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(Base32.ALPHABET.charAt(random.nextInt(kinds)));
        }
        return text.toString();
    }

    private static SortedSet<StorePath> found(String text, String... hashes) throws Exception {
        List<StorePath> candidates = new ArrayList<>();
        for (String hash : hashes) {
            candidates.add(item(hash));
        }
        ReferenceScanner scanner = new ReferenceScanner(candidates);
        scanner.write(text.getBytes(StandardCharsets.ISO_8859_1));
        return scanner.found();
    }

    private static StorePath item(String hash) throws FormatException {
        return StoreDirectory.GNU.item(hash + "-item");
    }
}
