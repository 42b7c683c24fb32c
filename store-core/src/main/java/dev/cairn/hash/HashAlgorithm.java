// SPDX-License-Identifier: Apache-2.0
package dev.cairn.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.bouncycastle.jcajce.provider.digest.Blake2s;

/** The algorithms that fingerprints and derivations may name (formats, section 0). */
public enum HashAlgorithm {
    MD5("md5", 16, "MD5"),
    SHA1("sha1", 20, "SHA-1"),
    SHA256("sha256", 32, "SHA-256"),
    SHA512("sha512", 64, "SHA-512"),
    SHA3_256("sha3-256", 32, "SHA3-256"),
    SHA3_512("sha3-512", 64, "SHA3-512"),
    BLAKE2S_256("blake2s-256", 32, "BLAKE2S-256");

    private final String id;
    private final int size;
    private final String jcaName;

    HashAlgorithm(String id, int size, String jcaName) {
        this.id = id;
        this.size = size;
        this.jcaName = jcaName;
    }

    /** The name used in fingerprints, derivations, databases and on the command line. */
    public String id() {
        return id;
    }

    /** Octets of a hash value. */
    public int size() {
        return size;
    }

    /** The algorithm with this {@link #id()}; names are lower-case and exact. */
    public static Optional<HashAlgorithm> of(String id) {
        for (HashAlgorithm algorithm : values()) {
            if (algorithm.id.equals(id)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** A fresh digest; not safe for use by several threads at once. */
    public MessageDigest newDigest() {
        try {
            return this == BLAKE2S_256 ? BouncyCastle.blake2s256() : MessageDigest.getInstance(jcaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java run-time lacks " + jcaName, e);
        }
    }

    /**
     * The same for megabytes: by the system's own library, where there is one, which is quick from the start. The
     * first one takes some milliseconds to find that.
     */
    public MessageDigest newBulkDigest() {
        return this == SHA256 ? NativeSha256.create().orElseGet(this::newDigest) : newDigest();
    }

    /** Apart, so that a program that needs none of it does not load that library. */
    private static final class BouncyCastle {
        static MessageDigest blake2s256() {
            return new Blake2s.Blake2s256();
        }
    }
}
