// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.path.StorePaths;
import dev.cairn.testing.RealDerivations;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every derivation of a real distribution's closure, each of which proves itself right. */
class RealDerivationsTest {
    private static final StoreDirectory GNU = StoreDirectory.GNU;

    @Test
    void namesAndOutputsOfAllRealDerivationsFollowFromTheirTexts() throws Exception {
        Map<StorePath, Derivation> derivations = new HashMap<>();
        RealDerivations.forEach((path, text) -> {
            Derivation derivation = DerivationParser.parse(GNU, text);
            assertThat(DerivationPrinter.print(derivation)).as("text of %s", path).isEqualTo(text);
            assertThat(StorePaths.text(GNU, path.name(), text, derivation.references())).isEqualTo(path);
            derivations.put(path, derivation);
        });
        assertThat(derivations).hasSize(RealDerivations.COUNT);

        DerivationHasher<RuntimeException> hasher = new DerivationHasher<>(GNU, derivations::get);
        for (Map.Entry<StorePath, Derivation> entry : derivations.entrySet()) {
            DerivationCheck.check(entry.getKey(), entry.getValue(), hasher);
        }
    }
}
