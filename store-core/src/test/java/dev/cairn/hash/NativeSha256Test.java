// SPDX-License-Identifier: Apache-2.0
package dev.cairn.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NativeSha256Test {
    private final MessageDigest plain = HashAlgorithm.SHA256.newDigest();
    private MessageDigest digest = plain;

    @BeforeEach
    void find() {
        Assumptions.assumeTrue(NativeSha256.create().isPresent(), "this system has no libcrypto.so.3");
        digest = NativeSha256.create().orElseThrow();
    }

    @Test
    void hashesAsJavaDoesInPiecesOfAnySize() {
        Random random = new Random(7);
        for (int size : new int[] {0, 1, 55, 56, 63, 64, 65, 4096, 65_535, 65_536, 200_003}) {
            byte[] octets = new byte[size + 10];
            random.nextBytes(octets);
            int cut = size == 0 ? 0 : random.nextInt(size);
            digest.update(octets, 5, cut);
            digest.update(octets, 5 + cut, size - cut);
            plain.update(octets, 5, size);
            assertThat(digest.digest()).isEqualTo(plain.digest());
        }
    }

    @Test
    void takesSingleOctetsAndBeginsAnewAfterwards() {
        digest.update((byte) 1);
        digest.reset();
        digest.update((byte) 'a');
        plain.update((byte) 'a');
        assertThat(digest.digest()).isEqualTo(plain.digest());
        assertThat(digest.digest()).isEqualTo(plain.digest());
    }

    @Test
    void copiesGoOnByThemselves() throws Exception {
        digest.update(new byte[100]);
        MessageDigest copy = (MessageDigest) digest.clone();
        digest.update((byte) 1);
        plain.update(new byte[100]);
        assertThat(copy.digest()).isEqualTo(plain.digest());
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> digest.update(new byte[10], 5, 6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> digest.digest(new byte[31], 0, 31)).isInstanceOf(DigestException.class);
    }
}
