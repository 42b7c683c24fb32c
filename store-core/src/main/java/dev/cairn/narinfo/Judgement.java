// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.ContentAddress;
import dev.cairn.signature.GuixSignature;
import dev.cairn.signature.NixPublicKey;
import dev.cairn.signature.NixSignature;
import dev.cairn.signature.PublicKey;
import dev.cairn.signature.Sexp;
import dev.cairn.signature.TrustedKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Looks at the signatures of one narinfo (formats, section 6.2). */
final class Judgement {
    private final Narinfo narinfo;
    private final TrustedKeys keys;

    /** Of keys that are trusted, yet not of this text. */
    private final List<String> forged = new ArrayList<>();

    private final List<String> unreadable = new ArrayList<>();
    private final List<String> unknownNames = new ArrayList<>();
    private Optional<PublicKey> unknownKey = Optional.empty();

    Judgement(Narinfo narinfo, TrustedKeys keys) {
        this.narinfo = narinfo;
        this.keys = keys;
    }

    Standing standing() {
        Optional<Voucher> voucher = guix().or(this::nix).or(this::contents);
        if (voucher.isPresent()) {
            return new Standing.Authorised(voucher.get());
        }
        if (!forged.isEmpty()) {
            return new Standing.Forged(forged.getFirst());
        }
        if (unknownKey.isPresent() || !unknownNames.isEmpty()) {
            return new Standing.UnknownKeys(unknownKey, unknownNames);
        }
        return unreadable.isEmpty() ? new Standing.Unsigned() : new Standing.Unreadable(unreadable.getFirst());
    }

    private Optional<Voucher> guix() {
        if (narinfo.signatures().guix().isEmpty()) {
            return Optional.empty();
        }
        try {
            return guix(guixSignature(narinfo.signatures().guix().get()));
        } catch (FormatException e) {
            unreadable.add(e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Voucher> guix(GuixSignature signature) throws FormatException {
        String signed = narinfo.text().substring(0, narinfo.signatures().signedLength());
        Hash hash = Hash.sha256(signed.getBytes(StandardCharsets.ISO_8859_1));
        switch (signature.evaluate(keys.guix(), hash)) {
            case VALID -> {
                Sexp.Sequence subject = signature.subject().orElseThrow();
                return keys.guix().key(subject).map(Voucher.GuixKey::new);
            }
            case INVALID -> forged.add("the signature is not by the key that it names");
            case HASH_MISMATCH -> forged.add("it was changed after it was signed");
            case UNAUTHORISED -> unknownKey = Optional.of(new PublicKey(signature.subject().orElseThrow()));
            case CORRUPT -> unreadable.add("the signature lacks the key or the hash");
        }
        return Optional.empty();
    }

    private static GuixSignature guixSignature(String value) throws FormatException {
        String[] parts = value.split(";", -1);
        if (parts.length != 3 || !parts[0].equals("1")) {
            throw NarinfoReader.problem("the signature is not of the form 1;HOST;BASE64");
        }
        try {
            return GuixSignature.read(Base64.getDecoder().decode(parts[2].getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IllegalArgumentException _) {
            throw NarinfoReader.problem("the signature is not base 64");
        }
    }

    private Optional<Voucher> nix() {
        Claim claim = narinfo.claim();
        if (claim.narHash().algorithm() != HashAlgorithm.SHA256) {
            return Optional.empty();
        }
        byte[] fingerprint =
                NixSignature.fingerprint(claim.path(), claim.narHash(), claim.narSize(), claim.references());
        for (String value : narinfo.signatures().nix()) {
            try {
                Optional<NixPublicKey> key = signer(NixSignature.parse(value), fingerprint);
                if (key.isPresent()) {
                    return key.map(Voucher.NixKey::new);
                }
            } catch (FormatException e) {
                unreadable.add(e.getMessage());
            }
        }
        return Optional.empty();
    }

    private Optional<NixPublicKey> signer(NixSignature signature, byte[] fingerprint) {
        List<NixPublicKey> named = keys.nix().stream()
                .filter(key -> key.name().equals(signature.keyName()))
                .toList();
        Optional<NixPublicKey> signer =
                named.stream().filter(key -> key.verifies(signature, fingerprint)).findFirst();
        if (named.isEmpty()) {
            unknownNames.add(signature.keyName());
        } else if (signer.isEmpty()) {
            forged.add("what it says is not what the key '" + signature.keyName() + "' signed");
        }
        return signer;
    }

    private Optional<Voucher> contents() {
        Claim claim = narinfo.claim();
        return narinfo.contentAddress().filter(address -> isNameOf(claim, address)).map(Voucher.Contents::new);
    }

    private static boolean isNameOf(Claim claim, ContentAddress address) {
        try {
            return address.path(claim.path().directory(), claim.path().name(), claim.references(), claim.path())
                    .equals(claim.path());
        } catch (FormatException _) {
            return false;
        }
    }
}
