// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import dev.cairn.openpgp.Keyring.Found;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;

/**
 * Finds out which keys made signatures, where who may sign is stated elsewhere, key by key, and holds for good: keys
 * are not asked whether they have expired, were revoked, or are bound to others, as a {@link SignatureCheck} asks them.
 */
public final class SignatureMakers {
    private final Keyring keyring;

    public SignatureMakers(Keyring keyring) {
        this.keyring = keyring;
    }

    /**
     * A good signature.
     *
     * @param key fingerprint of the key or subkey that made it, hexadecimal, upper case
     * @param weak whether it is over SHA-1, which is no longer safe
     */
    public record Maker(String key, boolean weak) {}

    /**
     * Who made the good ones of some signatures.
     *
     * @param signature binary or in armour
     * @return at least one
     * @throws SignatureException when none is good, or over a digest that can be forged, such as MD5
     */
    public List<Maker> of(byte[] contents, byte[] signature) throws SignatureException {
        return GivenSignatures.read(signature)
                .good(keyring, (each, by) -> problem(each, by, contents))
                .stream()
                .map(good -> new Maker(
                        Keyring.fingerprint(good.by().key()),
                        good.signature().getHashAlgorithm() == HashAlgorithmTags.SHA1))
                .toList();
    }

    private static Optional<SignatureProblem> problem(PGPSignature signature, Found by, byte[] contents)
            throws PGPException {
        Optional<String> weak = Strength.forgeableDigest(signature.getHashAlgorithm());
        if (weak.isPresent()) {
            return Optional.of(new SignatureProblem.WeakDigest(Keyring.fingerprint(by.key()), weak.get()));
        }
        // One of a text holds for other octets, too: for those with other line ends.
        if (signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT) {
            return Optional.of(new SignatureProblem.Malformed("a signature is not one of octets as they are"));
        }
        return GivenSignatures.mismatch(signature, by, _ -> Optional.of(contents));
    }
}
