// SPDX-License-Identifier: Apache-2.0
package dev.cairn.path;

import dev.cairn.encoding.Base32;
import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.TreeSet;

/** Computes store paths from what they name (formats, section 3.2). */
public final class StorePaths {
    private StorePaths() {}

    /** The path of a text item: every {@code .drv}, and files added with the references they are said to have. */
    public static StorePath text(StoreDirectory store, String name, byte[] contents, Collection<StorePath> references)
            throws FormatException {
        StringBuilder type = new StringBuilder("text");
        for (StorePath reference : new TreeSet<>(references)) {
            type.append(':').append(reference);
        }
        return make(store, type.toString(), Hash.sha256(contents), name);
    }

    /**
     * The path of a tree or file added under its own hash, and of the output of a fixed-output derivation.
     *
     * @param recursive whether {@code hash} is of the NAR rather than of the contents of a single file
     */
    public static StorePath fixedOutput(StoreDirectory store, String name, Hash hash, boolean recursive)
            throws FormatException {
        if (recursive && hash.algorithm() == HashAlgorithm.SHA256) {
            return make(store, "source", hash, name);
        }
        String inner = "fixed:out:" + (recursive ? "r:" : "") + hash.algorithm().id() + ":" + hash.hex() + ":";
        return make(store, "output:out", Hash.sha256(inner.getBytes(StandardCharsets.US_ASCII)), name);
    }

    /**
     * The path of an output of an ordinary derivation.
     *
     * @param moduloHash the masked derivation hash, SHA-256
     * @param name the derivation's name, without {@code .drv}
     */
    public static StorePath output(StoreDirectory store, String output, Hash moduloHash, String name)
            throws FormatException {
        return make(store, "output:" + output, moduloHash, outputName(name, output));
    }

    /** The name of an item that is {@code output} of a derivation called {@code name}. */
    public static String outputName(String name, String output) {
        return output.equals("out") ? name : name + "-" + output;
    }

    /** The text whose hash names the item. */
    public static String fingerprint(StoreDirectory store, String type, Hash inner, String name) {
        return type + ":sha256:" + inner.hex() + ":" + store.path() + ":" + name;
    }

    private static StorePath make(StoreDirectory store, String type, Hash inner, String name) throws FormatException {
        StorePath.checkName(name);
        byte[] fingerprint = fingerprint(store, type, inner, name).getBytes(StandardCharsets.ISO_8859_1);
        return StorePath.checked(store, Base32.encode(Hash.sha256(fingerprint).compress(20)) + "-" + name);
    }
}
