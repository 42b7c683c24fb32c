// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import dev.cairn.error.FormatException;
import dev.cairn.openpgp.GivenSignatures.Signed;
import dev.cairn.openpgp.Keyring.Found;
import dev.cairn.openpgp.Verified.Signer;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;

/**
 * Decides whether something is signed by a key that may sign it. One good signature suffices, whatever is beside it,
 * such as signatures of kinds that are not known yet. Good is one that verifies, over SHA-256 or better, not dated in
 * the future and not expired, by a key of sufficient size that is in the keyring, is among the admitted ones, and has
 * neither expired nor been revoked; a subkey must be bound for signing, with its own consent. Immutable.
 */
public final class SignatureCheck {
    /** How much clocks may differ. */
    static final Duration SKEW = Duration.ofMinutes(5);

    /** What may be marked as critical because it is heeded, or says nothing about whether a signature is good. */
    private static final Set<Integer> KNOWN = Set.of(
            SignatureSubpacketTags.CREATION_TIME,
            SignatureSubpacketTags.EXPIRE_TIME,
            SignatureSubpacketTags.ISSUER_KEY_ID,
            SignatureSubpacketTags.ISSUER_FINGERPRINT,
            SignatureSubpacketTags.SIGNER_USER_ID,
            SignatureSubpacketTags.POLICY_URL);

    private final Keyring keyring;
    private final List<String> admitted;
    private final Instant now;

    /**
     * @param admitted fingerprints of keys that may sign, in capitals; of a primary key it means its subkeys too unless
     *     an exclamation mark follows. All of the keyring where there is none
     */
    public SignatureCheck(Keyring keyring, List<String> admitted, Instant now) {
        this.keyring = keyring;
        this.admitted = List.copyOf(admitted);
        this.now = now;
    }

    /** Checks a text in the cleartext framework; its own octets follow in the result. */
    public Verified inline(byte[] message) throws SignatureException {
        try {
            ClearSigned parts = ClearSigned.read(message);
            byte[] canonical = parts.canonical();
            return check(parts.text(), parts.signature(), type ->
                    type == PGPSignature.CANONICAL_TEXT_DOCUMENT ? Optional.of(canonical) : Optional.empty());
        } catch (FormatException e) {
            throw GivenSignatures.malformed(e.getMessage());
        }
    }

    /** @param signature binary or in armour */
    public Verified detached(byte[] contents, byte[] signature) throws SignatureException {
        return check(contents, signature, type -> switch (type) {
            case PGPSignature.BINARY_DOCUMENT -> Optional.of(contents);
            case PGPSignature.CANONICAL_TEXT_DOCUMENT -> Optional.of(withCarriageReturns(contents));
            default -> Optional.empty();
        });
    }

    private Verified check(byte[] text, byte[] signatures, Signed signed) throws SignatureException {
        List<Signer> signers = GivenSignatures.read(signatures)
                .good(keyring, (signature, by) -> problem(signature, by, signed))
                .stream()
                .map(good -> new Signer(
                        Keyring.fingerprint(good.by().primary()),
                        Keyring.fingerprint(good.by().key()),
                        good.signature().getCreationTime().toInstant()))
                .distinct()
                .toList();
        return new Verified(text, signers);
    }

    private Optional<SignatureProblem> problem(PGPSignature signature, Found found, Signed signed)
            throws PGPException {
        Optional<SignatureProblem> formal = formalProblem(signature, found);
        if (formal.isPresent()) {
            return formal;
        }
        Optional<SignatureProblem> mismatch = GivenSignatures.mismatch(signature, found, signed);
        return mismatch.isPresent()
                ? mismatch
                : new OwnStatements(found).problem(signature.getCreationTime().toInstant(), now);
    }

    /** What is wrong without looking at what is signed. */
    private Optional<SignatureProblem> formalProblem(PGPSignature signature, Found found) {
        String name = Keyring.fingerprint(found.key());
        if (!isAdmitted(found)) {
            return Optional.of(new SignatureProblem.NotAdmitted(name));
        }
        Optional<SignatureProblem> weak = Strength.weakDigest(signature.getHashAlgorithm())
                .<SignatureProblem>map(digest -> new SignatureProblem.WeakDigest(name, digest))
                .or(() -> Strength.weakKey(found.key()).map(kind -> new SignatureProblem.WeakKey(name, kind)));
        if (weak.isPresent()) {
            return weak;
        }
        PGPSignatureSubpacketVector packets = signature.getHashedSubPackets();
        if (!packets.hasSubpacket(SignatureSubpacketTags.CREATION_TIME)) {
            return Optional.of(new SignatureProblem.Malformed("a signature has no date"));
        }
        for (int tag : packets.getCriticalTags()) {
            if (!KNOWN.contains(tag)) {
                return Optional.of(new SignatureProblem.Malformed("a signature has a condition that is not known"));
            }
        }
        return timeProblem(packets, found, name);
    }

    private Optional<SignatureProblem> timeProblem(PGPSignatureSubpacketVector packets, Found found, String name) {
        Instant made = packets.getSignatureCreationTime().toInstant();
        long life = packets.getSignatureExpirationTime();
        if (made.isAfter(now.plus(SKEW)) || made.isBefore(found.key().getCreationTime().toInstant())) {
            return Optional.of(new SignatureProblem.WrongTime(name, made));
        }
        if (life > 0 && !now.isBefore(made.plusSeconds(life))) {
            return Optional.of(new SignatureProblem.ExpiredSignature(name, made.plusSeconds(life)));
        }
        return Optional.empty();
    }

    private boolean isAdmitted(Found found) {
        String key = Keyring.fingerprint(found.key());
        String primary = Keyring.fingerprint(found.primary());
        return admitted.isEmpty()
                || admitted.stream().anyMatch(
                        name -> name.equals(key) || name.equals(key + "!") || name.equals(primary));
    }

    private static byte[] withCarriageReturns(byte[] contents) {
        ByteArrayOutputStream canonical = new ByteArrayOutputStream(contents.length + contents.length / 32);
        for (int i = 0; i < contents.length; i++) {
            if (contents[i] == '\n' && (i == 0 || contents[i - 1] != '\r')) {
                canonical.write('\r');
            }
            canonical.write(contents[i]);
        }
        return canonical.toByteArray();
    }
}
