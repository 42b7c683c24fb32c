// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import dev.cairn.error.FormatException;
import dev.cairn.openpgp.Keyring.Found;
import dev.cairn.openpgp.Packets.Packet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * The signatures that something comes with, whoever made them.
 *
 * @param problems of those that cannot be read
 */
record GivenSignatures(List<PGPSignature> signatures, List<SignatureProblem> problems) {
    private static final int MAX_SIGNATURES = 32;
    private static final int MAX_SIZE = 256 << 10;

    GivenSignatures {
        signatures = List.copyOf(signatures);
        problems = List.copyOf(problems);
    }

    /** Reads signatures. @param octets binary or in armour */
    static GivenSignatures read(byte[] octets) throws SignatureException {
        if (octets.length > MAX_SIZE) {
            throw malformed("the signatures have more than " + MAX_SIZE + " octets");
        }
        List<PGPSignature> signatures = new ArrayList<>();
        List<SignatureProblem> problems = new ArrayList<>();
        try {
            List<byte[]> parts = Armour.isArmour(octets) ? Armour.blocks(octets, "SIGNATURE") : List.of(octets);
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
        } catch (FormatException e) {
            throw malformed(e.getMessage());
        }
        if (signatures.isEmpty() && problems.isEmpty()) {
            throw new SignatureException(new SignatureProblem.NotSigned());
        }
        return new GivenSignatures(signatures, problems);
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

    static boolean isKnownVersion(PGPSignature signature) {
        return signature.getVersion() == 4 || signature.getVersion() == 6;
    }

    static SignatureException malformed(String problem) {
        return new SignatureException(new SignatureProblem.Malformed(problem));
    }

    /** A signature that passed. */
    record Good(PGPSignature signature, Found by) {}

    /** Judges one signature, as made by one key. */
    @FunctionalInterface
    interface Judge {
        Optional<SignatureProblem> problem(PGPSignature signature, Found by) throws PGPException;
    }

    /**
     * The signatures that pass as made by some key of a keyring.
     *
     * @return at least one
     * @throws SignatureException when there is none; says what is wrong with each
     */
    List<Good> good(Keyring keyring, Judge judge) throws SignatureException {
        List<Good> good = new ArrayList<>();
        List<SignatureProblem> wrong = new ArrayList<>(problems);
        for (PGPSignature signature : signatures) {
            SignatureIssuer issuer = SignatureIssuer.of(signature);
            List<Found> candidates = keyring.candidates(issuer);
            if (candidates.isEmpty()) {
                wrong.add(new SignatureProblem.UnknownKey(issuer.text()));
            }
            for (Found candidate : candidates) {
                Optional<SignatureProblem> problem = problem(judge, signature, candidate);
                if (problem.isEmpty()) {
                    good.add(new Good(signature, candidate));
                    break;
                }
                wrong.add(problem.get());
            }
        }
        if (good.isEmpty()) {
            throw new SignatureException(wrong);
        }
        return good;
    }

    private static Optional<SignatureProblem> problem(Judge judge, PGPSignature signature, Found by) {
        try {
            return judge.problem(signature, by);
        } catch (PGPException | RuntimeException e) {
            // The library has many ways to say that octets make no sense.
            return Optional.of(new SignatureProblem.Malformed(
                    Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName())));
        }
    }

    /** What a signature of some type is over; empty if that type makes no sense. */
    @FunctionalInterface
    interface Signed {
        Optional<byte[]> octets(int type);
    }

    /** Whether a key made a signature of just this. */
    static Optional<SignatureProblem> mismatch(PGPSignature signature, Found by, Signed signed) throws PGPException {
        Optional<byte[]> octets = signed.octets(signature.getSignatureType());
        if (octets.isEmpty()) {
            return Optional.of(new SignatureProblem.Malformed("a signature is not one of a text"));
        }
        signature.init(new BcPGPContentVerifierBuilderProvider(), by.key());
        signature.update(octets.get());
        return signature.verify()
                ? Optional.empty()
                : Optional.of(new SignatureProblem.BadSignature(Keyring.fingerprint(by.key())));
    }
}
