// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import java.util.Optional;
import java.util.Set;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPPublicKey;

/** Which digests and keys are strong enough. What is not listed is not taken. */
final class Strength {
    private static final int MIN_BITS = 2048;
    private static final int MIN_CURVE_BITS = 255;

    /** No longer used for new keys (RFC 9580, section 9.1). */
    private static final int RSA_FOR_SIGNING = 3;

    private static final Set<Integer> DIGESTS = Set.of(
            HashAlgorithmTags.SHA256,
            HashAlgorithmTags.SHA384,
            HashAlgorithmTags.SHA512,
            HashAlgorithmTags.SHA3_256,
            HashAlgorithmTags.SHA3_512);

    private Strength() {}

    /** The name of a digest that is too weak to sign with; empty if it is strong enough. */
    static Optional<String> weakDigest(int algorithm) {
        if (DIGESTS.contains(algorithm)) {
            return Optional.empty();
        }
        return Optional.of(switch (algorithm) {
            case HashAlgorithmTags.MD5 -> "MD5";
            case HashAlgorithmTags.SHA1 -> "SHA-1";
            case HashAlgorithmTags.RIPEMD160 -> "RIPEMD-160";
            case HashAlgorithmTags.SHA224 -> "SHA-224";
            default -> "digest number " + algorithm;
        });
    }

    /** The name of a digest that no signature is believed over, however old it is; empty for others. */
    static Optional<String> forgeableDigest(int algorithm) {
        return algorithm == HashAlgorithmTags.SHA1 || algorithm == HashAlgorithmTags.SHA224
                ? Optional.empty()
                : weakDigest(algorithm);
    }

    /**
     * Whether a key's own statements about itself may use a digest. Whoever put the key among the trusted ones vouches
     * for these octets already, so that SHA-1, which old keys have, does no harm there.
     */
    static boolean admitsForOwnKeys(int digest) {
        return digest == HashAlgorithmTags.SHA1 || weakDigest(digest).isEmpty();
    }

    /** What kind of key it is, if it is too weak; empty if it is strong enough. */
    static Optional<String> weakKey(PGPPublicKey key) {
        int bits = key.getBitStrength();
        return switch (key.getAlgorithm()) {
            case PublicKeyAlgorithmTags.RSA_GENERAL, RSA_FOR_SIGNING ->
                bits >= MIN_BITS ? Optional.empty() : Optional.of("RSA with " + bits + " bits");
            case PublicKeyAlgorithmTags.DSA ->
                bits >= MIN_BITS ? Optional.empty() : Optional.of("DSA with " + bits + " bits");
            case PublicKeyAlgorithmTags.ECDSA ->
                bits >= MIN_CURVE_BITS ? Optional.empty() : Optional.of("ECDSA with " + bits + " bits");
            case PublicKeyAlgorithmTags.EDDSA_LEGACY, PublicKeyAlgorithmTags.Ed25519, PublicKeyAlgorithmTags.Ed448 ->
                Optional.empty();
            default -> Optional.of("algorithm number " + key.getAlgorithm());
        };
    }
}
