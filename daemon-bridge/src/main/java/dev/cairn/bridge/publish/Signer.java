// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import dev.cairn.daemon.PathInfo;
import dev.cairn.error.FormatException;
import dev.cairn.narinfo.Claim;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.NarinfoWriter;
import dev.cairn.path.ContentAddress;
import dev.cairn.path.StorePath;
import dev.cairn.signature.NixSecretKey;
import dev.cairn.signature.NixSignature;
import dev.cairn.signature.SecretKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says what items are and vouches for it.
 *
 * @param guix the key that makes {@code Signature} lines
 * @param nix the keys that make {@code Sig} lines
 */
public record Signer(Optional<SecretKey> guix, List<NixSecretKey> nix) {
    /** Signatures that a store may have got from elsewhere and that are passed on with an item. */
    private static final int MOST_KEPT = 16;

    public Signer {
        nix = List.copyOf(nix);
    }

    /** The public halves, as their files have them. */
    String publicKeys() {
        String keys = nix.stream().map(key -> key.publicKey() + "\n").collect(Collectors.joining());
        return guix.map(key -> key.publicKey().toString()).orElse("") + keys;
    }

    /** A narinfo as Guix reads it; Nix's signatures, which Guix passes over, follow its own. */
    byte[] guixNarinfo(PathInfo info, String host, List<NarChoice> nars) throws FormatException {
        Claim claim = claim(info);
        String signed = NarinfoWriter.signedPart(claim);
        String signature = guix.isPresent() ? NarinfoWriter.signature(signed, host, guix.get()) : "";
        String text = signed + signature + NarinfoWriter.sigs(sigs(info, claim)) + NarinfoWriter.nars(nars);
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A narinfo as Nix reads it, with the signatures that the store has of the item besides its own. */
    byte[] nixNarinfo(PathInfo info, NarChoice nar) throws FormatException {
        Claim claim = claim(info);
        Optional<String> address = info.provenance().contentAddress();
        return NarinfoWriter.nix(
                claim,
                nar,
                sigs(info, claim),
                address.isPresent() ? Optional.of(ContentAddress.parse(address.get())) : Optional.empty());
    }

    private static Claim claim(PathInfo info) {
        Optional<StorePath> deriver = info.deriver().filter(_ -> !info.path().isDerivation());
        return new Claim(info.path(), info.narHash(), info.narSize(), List.copyOf(info.references()), deriver);
    }

    private List<NixSignature> sigs(PathInfo info, Claim claim) {
        byte[] fingerprint =
                NixSignature.fingerprint(info.path(), info.narHash(), info.narSize(), claim.references());
        Stream<NixSignature> kept = info.provenance().signatures().stream()
                .limit(MOST_KEPT)
                .flatMap(text -> parsed(text).stream());
        return Stream.concat(nix.stream().map(key -> key.sign(fingerprint)), kept)
                .distinct()
                .toList();
    }

    /** What is no signature vouches for nothing. */
    private static Optional<NixSignature> parsed(String text) {
        try {
            return Optional.of(NixSignature.parse(text));
        } catch (FormatException _) {
            return Optional.empty();
        }
    }
}
