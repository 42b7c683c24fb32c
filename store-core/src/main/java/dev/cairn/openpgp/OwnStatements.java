// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import dev.cairn.openpgp.Keyring.Found;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * What a primary key says, signed by itself, about itself and a subkey: whether it is revoked, when it expires, what it
 * is for. Statements whose signature is not good do not count; of several the latest holds.
 */
final class OwnStatements {
    private final PGPPublicKey primary;
    private final PGPPublicKey key;

    OwnStatements(Found found) {
        this.primary = found.primary();
        this.key = found.key();
    }

    /** What keeps the key from having signed something at a time, seen from now. */
    Optional<SignatureProblem> problem(Instant signed, Instant now) throws PGPException {
        String name = Keyring.fingerprint(key);
        if (isRevoked()) {
            return Optional.of(new SignatureProblem.RevokedKey(name));
        }
        List<PGPSignature> aboutPrimary = Stream.of(latest(certifications(), now), latest(direct(), now))
                .flatMap(Optional::stream)
                .toList();
        List<PGPSignature> aboutKey =
                isSubkey() ? latest(bindings(), now).map(List::of).orElse(List.of()) : aboutPrimary;
        if (aboutPrimary.isEmpty() || aboutKey.isEmpty() || !maySign(aboutKey)) {
            return Optional.of(new SignatureProblem.NotForSigning(name));
        }
        // A key that has expired by now is refused too: whoever stole it could date signatures back.
        Instant latest = signed.isAfter(now) ? signed : now;
        return ended(primary, aboutPrimary, latest)
                .or(() -> ended(key, aboutKey, latest))
                .map(end -> new SignatureProblem.ExpiredKey(name, end));
    }

    private boolean isSubkey() {
        return primary != key;
    }

    private boolean isRevoked() throws PGPException {
        for (PGPSignature signature : list(primary.getSignaturesOfType(PGPSignature.KEY_REVOCATION))) {
            if (start(signature, primary) && signature.verifyCertification(primary)) {
                return true;
            }
        }
        if (isSubkey()) {
            for (PGPSignature signature : list(key.getSignaturesOfType(PGPSignature.SUBKEY_REVOCATION))) {
                if (start(signature, primary) && signature.verifyCertification(primary, key)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Statements about the primary key as such. */
    private List<PGPSignature> direct() throws PGPException {
        List<PGPSignature> statements = new ArrayList<>();
        for (PGPSignature signature : list(primary.getSignaturesOfType(PGPSignature.DIRECT_KEY))) {
            if (start(signature, primary) && signature.verifyCertification(primary)) {
                statements.add(signature);
            }
        }
        return statements;
    }

    /** Certifications of user identifiers that were not withdrawn. */
    private List<PGPSignature> certifications() throws PGPException {
        List<PGPSignature> statements = new ArrayList<>();
        for (byte[] user : list(primary.getRawUserIDs())) {
            List<PGPSignature> certifications = new ArrayList<>();
            Optional<Instant> withdrawn = Optional.empty();
            for (PGPSignature signature : list(primary.getSignaturesForID(user))) {
                if (!start(signature, primary) || !signature.verifyCertification(user, primary)) {
                    continue;
                }
                if (signature.isCertification()) {
                    certifications.add(signature);
                } else if (signature.getSignatureType() == PGPSignature.CERTIFICATION_REVOCATION) {
                    withdrawn = Optional.of(time(signature));
                }
            }
            Optional<Instant> end = withdrawn;
            certifications.removeIf(certification ->
                    end.filter(time -> !time.isBefore(time(certification))).isPresent());
            statements.addAll(certifications);
        }
        return statements;
    }

    /** Where the primary key says that the subkey is its own, and the subkey says so too. */
    private List<PGPSignature> bindings() throws PGPException {
        List<PGPSignature> statements = new ArrayList<>();
        for (PGPSignature signature : list(key.getSignaturesOfType(PGPSignature.SUBKEY_BINDING))) {
            if (start(signature, primary) && signature.verifyCertification(primary, key) && isReturned(signature)) {
                statements.add(signature);
            }
        }
        return statements;
    }

    /** Else anybody could take another's key as his own subkey and claim what it signed. */
    private boolean isReturned(PGPSignature binding) throws PGPException {
        for (PGPSignatureSubpacketVector packets :
                List.of(binding.getHashedSubPackets(), binding.getUnhashedSubPackets())) {
            for (PGPSignature embedded : packets.getEmbeddedSignatures()) {
                if (embedded.getSignatureType() == PGPSignature.PRIMARYKEY_BINDING
                        && start(embedded, key)
                        && embedded.verifyCertification(primary, key)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** @param statements those that come first hold */
    private boolean maySign(List<PGPSignature> statements) {
        return statements.stream()
                .map(PGPSignature::getHashedSubPackets)
                .filter(packets -> packets.hasSubpacket(SignatureSubpacketTags.KEY_FLAGS))
                .findFirst()
                .map(packets -> (packets.getKeyFlags() & KeyFlags.SIGN_DATA) != 0)
                .orElse(!isSubkey());
    }

    private static Optional<PGPSignature> latest(List<PGPSignature> statements, Instant now) {
        return statements.stream()
                .filter(statement -> !time(statement).isAfter(now.plus(SignatureCheck.SKEW)))
                .max(Comparator.comparing(OwnStatements::time));
    }

    private static Optional<Instant> ended(PGPPublicKey key, List<PGPSignature> statements, Instant now) {
        return statements.stream()
                .map(statement -> statement.getHashedSubPackets().getKeyExpirationTime())
                .filter(seconds -> seconds > 0)
                .map(seconds -> key.getCreationTime().toInstant().plusSeconds(seconds))
                .filter(end -> !now.isBefore(end))
                .findFirst();
    }

    /** Prepares to verify, if the kind of signature is known and its digest does. */
    private static boolean start(PGPSignature signature, PGPPublicKey by) throws PGPException {
        if (!GivenSignatures.isKnownVersion(signature)
                || !Strength.admitsForOwnKeys(signature.getHashAlgorithm())
                || signature.getKeyAlgorithm() != by.getAlgorithm()
                || !SignatureIssuer.of(signature).mayBe(by)) {
            return false;
        }
        signature.init(new BcPGPContentVerifierBuilderProvider(), by);
        return true;
    }

    private static Instant time(PGPSignature signature) {
        return signature.getCreationTime().toInstant();
    }

    private static <T> List<T> list(Iterator<T> elements) {
        List<T> all = new ArrayList<>();
        elements.forEachRemaining(all::add);
        return all;
    }
}
