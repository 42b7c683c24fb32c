// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import dev.cairn.error.FormatException;
import dev.cairn.path.StorePath;
import java.util.Map;
import java.util.Optional;

/** The check that a derivation must pass before it becomes valid, wherever it comes from (formats, section 4.5). */
public final class DerivationCheck {
    private DerivationCheck() {}

    /**
     * Checks that the output paths, in the list of outputs and in the environment, are those that follow from the rest.
     *
     * @param path the {@code .drv} item; its name takes part
     * @throws FormatException when one is not; the message has the stated and the right path
     * @throws X when an input cannot be found
     */
    public static <X extends Exception> void check(StorePath path, Derivation derivation, DerivationHasher<X> hasher)
            throws FormatException, X {
        if (!path.isDerivation()) {
            throw new FormatException("derivation", "the name '" + path + "' does not end in .drv");
        }
        Map<String, StorePath> right = hasher.outputPaths(NamedDerivation.nameOf(path), derivation);
        for (Map.Entry<String, StorePath> entry : right.entrySet()) {
            String output = entry.getKey();
            String expected = entry.getValue().toString();
            Optional<StorePath> stated = derivation.outputs().get(output).path();
            if (!stated.equals(Optional.of(entry.getValue()))) {
                throw new FormatException(
                        "derivation",
                        "'" + path + "' states '" + stated.map(StorePath::toString).orElse("") + "' as its output '"
                                + output + "', should be '" + expected + "'");
            }
            if (!expected.equals(derivation.environment().get(output))) {
                throw new FormatException(
                        "derivation",
                        "the environment variable '" + output + "' of '" + path + "' should be '" + expected + "'");
            }
        }
    }
}
