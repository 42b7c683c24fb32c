// SPDX-License-Identifier: Apache-2.0
package dev.cairn.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BackgroundDigestTest {
    @Test
    void hashesWhatItIsGivenInPiecesOfAnySize() {
        Random random = new Random(20261122);
        byte[] data = new byte[3_000_000];
        random.nextBytes(data);
        for (int largest : new int[] {10, 1000, 200_000, 1_000_000}) {
            try (BackgroundDigest digest = new BackgroundDigest(HashAlgorithm.SHA256)) {
                byte[] piece = new byte[largest];
                int done = 0;
                while (done < (largest == 10 ? 500_000 : data.length)) {
                    int n = Math.min(1 + random.nextInt(largest), data.length - done);
                    System.arraycopy(data, done, piece, 0, n);
                    digest.update(piece, 0, n);
                    Arrays.fill(piece, (byte) 0);
                    done += n;
                    if (random.nextInt(2000) == 0) {
                        assertThat(digest.hash()).isEqualTo(Hash.sha256(Arrays.copyOf(data, done)));
                    }
                }
                assertThat(digest.count()).isEqualTo(done);
                assertThat(digest.hash()).isEqualTo(Hash.sha256(Arrays.copyOf(data, done)));
            }
        }
    }

    @Test
    void beginsAnew() {
        try (BackgroundDigest digest = new BackgroundDigest(HashAlgorithm.SHA512)) {
            digest.update(new byte[1_000_000], 0, 1_000_000);
            digest.reset();
            assertThat(digest.hash()).isEqualTo(Hash.of(HashAlgorithm.SHA512, new byte[0]));
            digest.update(new byte[700_000], 0, 700_000);
            assertThat(digest.hash()).isEqualTo(Hash.of(HashAlgorithm.SHA512, new byte[700_000]));
            assertThat(digest.count()).isEqualTo(700_000);
        }
    }

    @Test
    void passesOctetsOn() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BackgroundDigest digest = new BackgroundDigest(HashAlgorithm.SHA256)) {
            digest.before(out).write(new byte[] {1, 2, 3});
            digest.before(out).write(4);
            assertThat(out.toByteArray()).containsExactly(1, 2, 3, 4);
            assertThat(digest.hash()).isEqualTo(Hash.sha256(out.toByteArray()));
        }
    }

    /** A digest that the memory runs out for after a megabyte. */
    private static final class Greedy extends MessageDigest {
        private long count;

        Greedy() {
            super("greedy");
        }

        @Override
        protected void engineUpdate(byte octet) {
            engineUpdate(new byte[] {octet}, 0, 1);
        }

        @Override
        protected void engineUpdate(byte[] octets, int offset, int length) {
            count += length;
            if (count > 1_000_000) {
                throw new OutOfMemoryError("no memory left for hashing");
            }
        }

        @Override
        protected byte[] engineDigest() {
            return new byte[32];
        }

        @Override
        protected void engineReset() {
            count = 0;
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void failsWhereTheThreadThatHashesHasDied() {
        try (BackgroundDigest digest = new BackgroundDigest(HashAlgorithm.SHA256, 0, new Greedy())) {
            digest.update(new byte[1_100_000], 0, 1_100_000);
            assertThatThrownBy(digest::hash)
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseInstanceOf(OutOfMemoryError.class);
        }
        try (BackgroundDigest digest = new BackgroundDigest(HashAlgorithm.SHA256, 0, new Greedy())) {
            assertThatThrownBy(() -> digest.update(new byte[9_000_000], 0, 9_000_000))
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("no memory left for hashing");
        }
    }

    @Test
    void leavesInterruptsToOthers() {
        Thread.currentThread().interrupt();
        try (BackgroundDigest digest = new BackgroundDigest(HashAlgorithm.SHA256)) {
            digest.update(new byte[2_000_000], 0, 2_000_000);
            assertThat(digest.hash()).isEqualTo(Hash.sha256(new byte[2_000_000]));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
