// SPDX-License-Identifier: Apache-2.0
package dev.cairn.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HashTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    @Test
    void foldsAsGuix() {
        for (JsonNode vector : Golden.json("base32/base32.json").get("compress")) {
            byte[] octets = Golden.hex(vector, "octets");
            for (HashAlgorithm algorithm : HashAlgorithm.values()) {
                if (algorithm.size() == octets.length) {
                    assertThat(new Hash(algorithm, octets).compress(20)).isEqualTo(Golden.hex(vector, "folded"));
                }
            }
        }
    }

    @Test
    void writesHexadecimalAndBase32() {
        Hash hash = Hash.sha256(HELLO);
        assertThat(hash.hex()).isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assertThat(hash.base32()).isEqualTo("094qif9n4cq4fdg459qzbhg1c6wywawwaaivx0k0x8xhbyx4vwic");
    }

    @Test
    void readsWhatItWritesInEveryAlgorithm() throws Exception {
        for (HashAlgorithm algorithm : HashAlgorithm.values()) {
            Hash hash = Hash.of(algorithm, HELLO);
            assertThat(Hash.parse(hash.toString())).isEqualTo(hash);
            assertThat(Hash.parse(algorithm.id() + ":" + hash.base32())).isEqualTo(hash);
            assertThat(Hash.parse(algorithm, hash.hex().toUpperCase(java.util.Locale.ROOT))).isEqualTo(hash);
        }
    }

    @Test
    void refusesOtherLengthsAndAlgorithms() {
        for (String text : new String[] {"sha256:", "sha256:00", "sha999:00", "", "sha1:" + "g".repeat(40)}) {
            assertThatThrownBy(() -> Hash.parse(text)).as(text).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void doesNotShareItsOctets() {
        byte[] octets = new byte[32];
        Hash hash = new Hash(HashAlgorithm.SHA256, octets);
        octets[0] = 1;
        Arrays.fill(hash.octets(), (byte) 2);
        assertThat(hash.octets()).containsOnly(0);
    }
}
