// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import dev.cairn.error.FormatException;
import dev.cairn.openpgp.Keyring.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * Finds out which keys made signatures, where who may sign is stated elsewhere, key by key, and holds for good: keys are
 * not asked whether they have expired, were revoked, or are bound to others, as a {@link SignatureCheck} asks them.
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
        List<Maker> makers = new ArrayList<>();
        SignatureCheck.Given given = read(signature);
        List<SignatureProblem> problems = new ArrayList<>(given.problems());
        for (PGPSignature each : given.signatures()) {
            SignatureIssuer issuer = SignatureIssuer.of(each);
            List<Found> candidates = keyring.candidates(issuer);
            if (candidates.isEmpty()) {
                problems.add(new SignatureProblem.UnknownKey(issuer.text()));
            }
            for (Found candidate : candidates) {
                String key = Keyring.fingerprint(candidate.key());
                Optional<SignatureProblem> problem = problem(each, candidate, key, contents);
                if (problem.isEmpty()) {
                    makers.add(new Maker(key, each.getHashAlgorithm() == HashAlgorithmTags.SHA1));
                    break;
                }
                problems.add(problem.get());
            }
        }
        if (makers.isEmpty()) {
            throw new SignatureException(problems);
        }
        return makers;
    }

    private static SignatureCheck.Given read(byte[] signature) throws SignatureException {
        try {
            return SignatureCheck.signatures(signature);
        } catch (FormatException e) {
            throw new SignatureException(new SignatureProblem.Malformed(e.getMessage()));
        }
    }

    private static Optional<SignatureProblem> problem(PGPSignature signature, Found by, String name, byte[] contents) {
        Optional<String> weak = Strength.forgeableDigest(signature.getHashAlgorithm());
        if (weak.isPresent()) {
            return Optional.of(new SignatureProblem.WeakDigest(name, weak.get()));
        }
        // One of a text holds for other octets, too: for those with other line ends.
        if (signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT) {
            return Optional.of(new SignatureProblem.Malformed("a signature is not one of octets as they are"));
        }
        try {
            signature.init(new BcPGPContentVerifierBuilderProvider(), by.key());
            signature.update(contents);
            return signature.verify()
                    ? Optional.empty()
                    : Optional.of(new SignatureProblem.BadSignature(name));
        } catch (PGPException | RuntimeException e) {
            // The library has many ways to say that octets make no sense.
            return Optional.of(new SignatureProblem.Malformed(
                    Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName())));
        }
    }
}
