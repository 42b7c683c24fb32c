// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;

/**
 * What a fixed-output derivation promises about its output.
 *
 * @param hash of the NAR if {@code recursive}, else of the contents of the file
 * @param recursive whether the output may be a tree
 */
public record FixedContents(Hash hash, boolean recursive) {
    private static final String RECURSIVE = "r:";

    /**
     * Reads the promise of an output.
     *
     * @throws FormatException when its algorithm is not known or its hash is not lower-case hexadecimal of that length
     */
    public static FixedContents of(DerivationOutput output) throws FormatException {
        boolean recursive = output.hashAlgorithm().startsWith(RECURSIVE);
        String id = recursive ? output.hashAlgorithm().substring(RECURSIVE.length()) : output.hashAlgorithm();
        HashAlgorithm algorithm = HashAlgorithm.of(id)
                .orElseThrow(() -> new FormatException("derivation", "the hash algorithm '" + id + "' is not known"));
        Hash hash = Hash.parse(algorithm, output.hash());
        if (!hash.hex().equals(output.hash())) {
            throw new FormatException("derivation", "the hash '" + output.hash() + "' is not lower-case hexadecimal");
        }
        return new FixedContents(hash, recursive);
    }

    /** The algorithm as a derivation states it. */
    public String algorithmField() {
        return (recursive ? RECURSIVE : "") + hash.algorithm().id();
    }
}
