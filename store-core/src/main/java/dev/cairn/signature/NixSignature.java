// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.path.StorePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A signature as Nix writes them into narinfos and its database (formats, section 6.2): Ed25519 as in RFC 8032, of a
 * text that says what an item is.
 *
 * @param keyName what the key is called, {@code cache.example.org-1} for instance
 * @param octets 64; copied on the way in and out
 */
public record NixSignature(String keyName, byte[] octets) {
    private static final int SIZE = 64;

    public NixSignature {
        if (octets.length != SIZE) {
            throw new IllegalArgumentException("a signature has " + SIZE + " octets, not " + octets.length);
        }
        octets = octets.clone();
    }

    /** Reads {@code NAME:BASE64}. */
    public static NixSignature parse(String text) throws FormatException {
        Named named = Named.parse("Nix signature", text, SIZE);
        return new NixSignature(named.name(), named.octets());
    }

    /**
     * The text that is signed.
     *
     * @param narHash SHA-256
     */
    public static byte[] fingerprint(StorePath path, Hash narHash, long narSize, Collection<StorePath> references) {
        String names = new TreeSet<>(references).stream().map(StorePath::toString).collect(Collectors.joining(","));
        String hash = narHash.algorithm().id() + ":" + narHash.base32();
        return ("1;" + path + ";" + hash + ";" + narSize + ";" + names).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] octets() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NixSignature(String name, byte[] same)
                && name.equals(keyName)
                && Arrays.equals(same, octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** {@code NAME:BASE64}. */
    @Override
    public String toString() {
        return keyName + ":" + Base64.getEncoder().encodeToString(octets);
    }

    /** What keys and signatures look like. */
    record Named(String name, byte[] octets) {
        static Named parse(String what, String text, int size) throws FormatException {
            int colon = text.indexOf(':');
            if (colon < 1) {
                throw new FormatException(what, "it does not start with a name and a colon");
            }
            byte[] octets;
            try {
                octets = Base64.getDecoder().decode(text.substring(colon + 1));
            } catch (IllegalArgumentException _) {
                throw new FormatException(what, "what follows the name is not base 64");
            }
            if (octets.length != size) {
                throw new FormatException(what, "it has " + octets.length + " octets rather than " + size);
            }
            return new Named(text.substring(0, colon), octets);
        }
    }
}
