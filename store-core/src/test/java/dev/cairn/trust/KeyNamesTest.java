// SPDX-License-Identifier: Apache-2.0
package dev.cairn.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyNamesTest {
    private static final String ONE = "0A".repeat(32);
    private static final String TWO = "F1".repeat(32);

    @TempDir
    Path folder;

    private Path file;
    private KeyNames names;

    @BeforeEach
    void prepare() {
        file = folder.resolve("etc/cairn/key-names");
        names = new KeyNames(file);
    }

    @Test
    void remembersNamesUntilTheyAreTakenAway() throws Exception {
        assertThat(names.read()).isEmpty();
        names.name(TWO, "the farm");
        names.name(ONE, " Ren\u00e9\u2019s laptop ");
        assertThat(names.read()).containsEntry(ONE, "Ren\u00e9\u2019s laptop").containsEntry(TWO, "the farm");
        names.name(TWO, "");
        assertThat(names.read()).containsOnlyKeys(ONE);
    }

    @Test
    void writesNothingWhenNothingChanges() throws Exception {
        names.name(ONE, " ");
        assertThat(file).doesNotExist();
    }

    @Test
    void keepsNamesOnOneShortLine() throws Exception {
        names.name(ONE, "a\nb\u0000\u202e" + TWO + " c");
        names.name(TWO, "long ".repeat(1000));
        assertThat(names.read().get(ONE)).isEqualTo("a b " + TWO + " c");
        assertThat(names.read().get(TWO)).hasSizeLessThanOrEqualTo(KeyNames.MAX_NAME);
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void readsOverWhatIsNoName() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "# names\n" + ONE + "\n" + TWO + " fine\n\n" + ONE.substring(1) + " short\n");
        assertThat(names.read()).containsExactly(Map.entry(TWO, "fine"));
    }
}
