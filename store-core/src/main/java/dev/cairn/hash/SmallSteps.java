// SPDX-License-Identifier: Apache-2.0
package dev.cairn.hash;

import java.security.MessageDigest;

/**
 * Hashes large pieces in small steps. The virtual machine uses the processor's own instructions for it only once it has
 * seen the method called often: in large steps, a hundred megabytes and more would have gone by slowly until then.
 */
public final class SmallSteps {
    private static final int STEP = 4096;

    private SmallSteps() {}

    /** The same as {@link MessageDigest#update(byte[], int, int)}. */
    public static void update(MessageDigest digest, byte[] octets, int offset, int length) {
        if (digest instanceof NativeSha256) {
            digest.update(octets, offset, length);
            return;
        }
        int end = offset + length;
        for (int from = offset; from < end; from += STEP) {
            digest.update(octets, from, Math.min(STEP, end - from));
        }
    }
}
