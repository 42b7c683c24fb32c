// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationParser;
import dev.cairn.derivation.DerivationPrinter;
import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;

class DerivationFuzzTest {
    @FuzzTest(maxDuration = "3m")
    void takesOnlyTheCanonicalForm(byte[] input) {
        Derivation derivation;
        try {
            derivation = DerivationParser.parse(StoreDirectory.GNU, input);
        } catch (FormatException _) {
            return;
        }
        assertThat(DerivationPrinter.print(derivation)).isEqualTo(input);
    }
}
