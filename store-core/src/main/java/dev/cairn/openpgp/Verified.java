// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import java.time.Instant;
import java.util.List;

/**
 * What was signed, and by whom. Of a text in the cleartext framework: exactly the lines that were verified, without
 * white space at their ends, each ended by a line feed.
 *
 * @param text owned by the receiver
 * @param signers at least one
 */
public record Verified(byte[] text, List<Signer> signers) {
    /**
     * A good signature.
     *
     * @param primary fingerprint of the key, hexadecimal, upper case
     * @param key that of the subkey that signed, or the same
     * @param time when
     */
    public record Signer(String primary, String key, Instant time) {}

    public Verified {
        signers = List.copyOf(signers);
    }
}
