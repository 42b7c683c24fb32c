// SPDX-License-Identifier: Apache-2.0
package dev.cairn.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void givesAnyOctetsBack() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(12)];
            random.nextBytes(octets);
            if (i % 2 == 0) {
                // More of what is nearly well-formed.
                for (int j = 0; j < octets.length; j++) {
                    octets[j] = (byte) (j % 4 == 0 ? 0xf0 | octets[j] & 7 : 0x80 | octets[j] & 0x3f);
                }
            }
            assertThat(Utf8.encodeAny(Utf8.decodeAny(octets))).isEqualTo(octets);
        }
    }

    @Test
    void decodesWhatIsWellFormed() throws Exception {
        for (String text : new String[] {"", "a", "größe", "😀x", "\ue000"}) {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            assertThat(Utf8.decodeAny(octets)).isEqualTo(text);
            assertThat(Utf8.encodeAny(text)).isEqualTo(octets);
        }
        assertThat(Utf8.decodeAny(new byte[] {'a', (byte) 0xff, 'b'})).isEqualTo("a\udcffb");
    }

    @Test
    void refusesHalfCharacters() {
        for (String text : new String[] {"\ud83d", "\ud83dx", "x\udc00", "\udfff"}) {
            assertThatThrownBy(() -> Utf8.encodeAny(text)).isInstanceOf(CharacterCodingException.class);
        }
    }
}
