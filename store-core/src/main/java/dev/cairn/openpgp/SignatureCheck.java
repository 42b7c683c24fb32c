// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import dev.cairn.error.FormatException;
import dev.cairn.openpgp.Keyring.Found;
import dev.cairn.openpgp.Packets.Packet;
import dev.cairn.openpgp.Verified.Signer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * Decides whether something is signed by a key that may sign it. One good signature suffices, whatever is beside it, such
 * as signatures of kinds that are not known yet. Good is one that verifies,
 * over SHA-256 or better, not dated in the future and not expired, by a key of sufficient size that is in the
 * keyring, is among the admitted ones, and has neither expired nor been revoked; a subkey must be bound for signing,
 * with its own consent. Immutable.
 */
public final class SignatureCheck {
    /** How much clocks may differ. */
    static final Duration SKEW = Duration.ofMinutes(5);

    private static final int MAX_SIGNATURES = 32;
    private static final int MAX_SIGNATURES_SIZE = 256 << 10;

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
            return check(parts.text(), signatures(parts.signature()), type ->
                    type == PGPSignature.CANONICAL_TEXT_DOCUMENT ? Optional.of(canonical) : Optional.empty());
        } catch (FormatException e) {
            throw malformed(e.getMessage());
        }
    }

    /** @param signature binary or in armour */
    public Verified detached(byte[] contents, byte[] signature) throws SignatureException {
        try {
            return check(contents, signatures(signature), type -> switch (type) {
                case PGPSignature.BINARY_DOCUMENT -> Optional.of(contents);
                case PGPSignature.CANONICAL_TEXT_DOCUMENT -> Optional.of(withCarriageReturns(contents));
                default -> Optional.empty();
            });
        } catch (FormatException e) {
            throw malformed(e.getMessage());
        }
    }

    static boolean isKnownVersion(PGPSignature signature) {
        return signature.getVersion() == 4 || signature.getVersion() == 6;
    }

    /** What a signature of some type is over; empty if that type makes no sense. */
    @FunctionalInterface
    private interface Signed {
        Optional<byte[]> octets(int type);
    }

    /** What there is of signatures. @param problems of those that cannot be read */
    record Given(List<PGPSignature> signatures, List<SignatureProblem> problems) {}

    private Verified check(byte[] text, Given given, Signed signed) throws SignatureException {
        List<Signer> signers = new ArrayList<>();
        List<SignatureProblem> problems = new ArrayList<>(given.problems());
        for (PGPSignature signature : given.signatures()) {
            SignatureIssuer issuer = SignatureIssuer.of(signature);
            List<Found> candidates = keyring.candidates(issuer);
            if (candidates.isEmpty()) {
                problems.add(new SignatureProblem.UnknownKey(issuer.text()));
            }
            for (Found candidate : candidates) {
                Optional<SignatureProblem> problem = problem(signature, candidate, signed);
                if (problem.isEmpty()) {
                    signers.add(new Signer(
                            Keyring.fingerprint(candidate.primary()),
                            Keyring.fingerprint(candidate.key()),
                            signature.getCreationTime().toInstant()));
                    break;
                }
                problems.add(problem.get());
            }
        }
        if (signers.isEmpty()) {
            throw new SignatureException(problems);
        }
        return new Verified(text, signers.stream().distinct().toList());
    }

    private Optional<SignatureProblem> problem(PGPSignature signature, Found found, Signed signed) {
        try {
            Optional<SignatureProblem> formal = formalProblem(signature, found);
            if (formal.isPresent()) {
                return formal;
            }
            Optional<byte[]> octets = signed.octets(signature.getSignatureType());
            if (octets.isEmpty()) {
                return Optional.of(new SignatureProblem.Malformed("a signature is not one of a text"));
            }
            signature.init(new BcPGPContentVerifierBuilderProvider(), found.key());
            signature.update(octets.get());
            if (!signature.verify()) {
                return Optional.of(new SignatureProblem.BadSignature(Keyring.fingerprint(found.key())));
            }
            return new OwnStatements(found).problem(signature.getCreationTime().toInstant(), now);
        } catch (PGPException | RuntimeException e) {
            // The library has many ways to say that octets make no sense.
            return Optional.of(new SignatureProblem.Malformed(
                    Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName())));
        }
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

    static Given signatures(byte[] octets) throws FormatException, SignatureException {
        if (octets.length > MAX_SIGNATURES_SIZE) {
            throw malformed("the signatures have more than " + MAX_SIGNATURES_SIZE + " octets");
        }
        List<byte[]> parts = Armour.isArmour(octets) ? Armour.blocks(octets, "SIGNATURE") : List.of(octets);
        List<PGPSignature> signatures = new ArrayList<>();
        List<SignatureProblem> problems = new ArrayList<>();
        for (byte[] part : parts) {
            for (Packet packet : Packets.of(part)) {
                if (packet.tag() != Packets.SIGNATURE) {
                    throw malformed("there is something else among the signatures");
                }
                if (signatures.size() + problems.size() == MAX_SIGNATURES) {
                    throw malformed("there are more than " + MAX_SIGNATURES + " signatures");
                }
                try {
                    signatures.add(signature(part, packet));
                } catch (IOException | PGPException | RuntimeException e) {
                    problems.add(new SignatureProblem.Malformed("a signature cannot be read: " + e.getMessage()));
                }
            }
        }
        if (signatures.isEmpty() && problems.isEmpty()) {
            throw new SignatureException(new SignatureProblem.NotSigned());
        }
        return new Given(signatures, problems);
    }

    private static PGPSignature signature(byte[] part, Packet packet) throws IOException, PGPException {
        try (BCPGInputStream in = new BCPGInputStream(
                new ByteArrayInputStream(part, packet.start(), packet.end() - packet.start()))) {
            PGPSignature signature = new PGPSignature(in);
            if (!isKnownVersion(signature)) {
                throw new IOException("it has version " + signature.getVersion());
            }
            return signature;
        }
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

    private static SignatureException malformed(String problem) {
        return new SignatureException(new SignatureProblem.Malformed(problem));
    }
}
