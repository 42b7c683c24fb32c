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
        return text(store, name, Hash.sha256(contents), references);
    }

    /** The same, by the SHA-256 of the contents. */
    static StorePath text(StoreDirectory store, String name, Hash contents, Collection<StorePath> references)
            throws FormatException {
        if (contents.algorithm() != HashAlgorithm.SHA256) {
            throw new FormatException("store path", "texts are named by SHA-256 only");
        }
        return make(store, "text" + joined(references), contents, name);
    }

    /**
     * The path of a tree with references that is named by its contents, as Nix has them; its references to itself count
     * as zeros in the hash.
     *
     * @param hash SHA-256
     */
    static StorePath source(
            StoreDirectory store, String name, Hash hash, Collection<StorePath> references, StorePath self)
            throws FormatException {
        if (hash.algorithm() != HashAlgorithm.SHA256) {
            throw new FormatException("store path", "trees with references are named by SHA-256 only");
        }
        TreeSet<StorePath> others = new TreeSet<>(references);
        boolean own = others.remove(self);
        return make(store, "source" + joined(others) + (own ? ":self" : ""), hash, name);
    }

    private static String joined(Collection<StorePath> references) {
        StringBuilder text = new StringBuilder();
        for (StorePath reference : new TreeSet<>(references)) {
            text.append(':').append(reference);
        }
        return text.toString();
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
