// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.signature.AccessList;
import dev.cairn.signature.GuixSignature;
import dev.cairn.signature.PublicKey;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.Sexp;
import dev.cairn.signature.SexpReader;
import dev.cairn.signature.SexpWriter;

class SexpFuzzTest {
    @FuzzTest(maxDuration = "3m")
    void readsBackWhatItWrote(byte[] input) throws FormatException {
        Sexp.Sequence expression;
        try {
            expression = SexpReader.read(input);
        } catch (FormatException _) {
            return;
        }
        assertThat(SexpReader.read(SexpWriter.canonical(expression))).isEqualTo(expression);
        assertThat(SexpReader.read(SexpWriter.advanced(expression))).isEqualTo(expression);
        readKeys(input);
    }

    private static void readKeys(byte[] input) {
        try {
            PublicKey.read(input);
        } catch (FormatException _) {
            // It is no key.
        }
        try {
            SecretKey.read(input);
        } catch (FormatException _) {
            // It is no key.
        }
        try {
            AccessList.read(input);
        } catch (FormatException _) {
            // It is no access list.
        }
        try {
            GuixSignature.read(input).evaluate(AccessList.EMPTY, Hash.sha256(new byte[0]));
        } catch (FormatException _) {
            // It is no signature.
        }
    }
}
