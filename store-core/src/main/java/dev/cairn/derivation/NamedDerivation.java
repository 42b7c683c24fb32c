// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.path.StorePaths;

/**
 * A complete derivation and the {@code .drv} item that holds it (formats, section 4.2).
 *
 * @param path of the item; follows from the name and the derivation
 */
public record NamedDerivation(StorePath path, Derivation derivation) {
    /** The ending of the names of derivations. */
    public static final String SUFFIX = ".drv";

    /**
     * Names a derivation.
     *
     * @param name without {@link #SUFFIX}
     */
    public static NamedDerivation of(StoreDirectory store, String name, Derivation derivation) throws FormatException {
        StorePath path =
                StorePaths.text(store, name + SUFFIX, DerivationPrinter.print(derivation), derivation.references());
        return new NamedDerivation(path, derivation);
    }

    /** The name without {@link #SUFFIX}, from which the outputs' names are made. */
    public String name() {
        return nameOf(path);
    }

    /** The contents of the item. */
    public byte[] text() {
        return DerivationPrinter.print(derivation);
    }

    /** The path of one output. */
    public StorePath output(String output) {
        DerivationOutput found = derivation.outputs().get(output);
        if (found == null) {
            throw new IllegalArgumentException(path + " has no output '" + output + "'");
        }
        return found.path().orElseThrow();
    }

    /** The name of the derivation whose item is {@code path}, without {@link #SUFFIX}. */
    public static String nameOf(StorePath path) {
        String name = path.name();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }
}
