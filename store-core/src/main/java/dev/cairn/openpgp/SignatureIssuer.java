// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.bcpg.sig.IssuerFingerprint;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;

/**
 * Which key a signature says it is by. Only a hint where to look: a wrong one finds a key that does not verify it.
 *
 * @param keyId zero if not told
 */
record SignatureIssuer(Optional<byte[]> fingerprint, long keyId) {
    static SignatureIssuer of(PGPSignature signature) {
        Optional<byte[]> fingerprint = Stream.of(signature.getHashedSubPackets(), signature.getUnhashedSubPackets())
                .flatMap(packets -> Optional.ofNullable(packets).stream())
                .flatMap(packets -> Optional.ofNullable(packets.getIssuerFingerprint()).stream())
                .map(IssuerFingerprint::getFingerprint)
                .findFirst();
        return new SignatureIssuer(fingerprint, signature.getKeyID());
    }

    boolean mayBe(PGPPublicKey key) {
        return fingerprint
                .map(digits -> Arrays.equals(digits, key.getFingerprint()))
                .orElse(key.getKeyID() == keyId);
    }

    /** The fingerprint, or the sixteen digits of the key's identifier: hexadecimal, upper case. */
    String text() {
        return fingerprint
                .map(digits -> HexFormat.of().withUpperCase().formatHex(digits))
                .orElseGet(() -> String.format(Locale.ROOT, "%016X", keyId));
    }
}
