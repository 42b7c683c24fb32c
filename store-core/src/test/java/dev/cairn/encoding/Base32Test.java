// SPDX-License-Identifier: Apache-2.0
package dev.cairn.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.testing.Gen;
import dev.cairn.testing.Golden;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class Base32Test {
    @Test
    void encodesAndDecodesAsGuix() throws Exception {
        for (JsonNode vector : Golden.json("base32/base32.json").get("encode")) {
            byte[] octets = Golden.hex(vector, "octets");
            String text = vector.get("text").asString();
            assertThat(Base32.encode(octets)).isEqualTo(text);
            assertThat(Base32.decode(text)).isEqualTo(octets);
        }
    }

    @Test
    void refusesWhatNoEncoderWrites() {
        for (JsonNode text : Golden.json("base32/base32.json").get("refused")) {
            assertThatThrownBy(() -> Base32.decode(text.asString()))
                    .as("'%s'", text.asString())
                    .isInstanceOf(FormatException.class);
        }
    }

    @Test
    void decodingReversesEncoding() {
        Gen.octets(0, 70).check(octets -> {
            String text = Base32.encode(octets);
            assertThat(text).hasSize(Base32.encodedLength(octets.length));
            assertThat(Base32.decode(text)).isEqualTo(octets);
        });
    }

    @Test
    void everyTextIsRefusedOrTheOneEncodingOfItsOctets() {
        Gen.strings(Base32.ALPHABET + "eE! ", 0, 12).check(text -> {
            byte[] octets;
            try {
                octets = Base32.decode(text);
            } catch (FormatException _) {
                return;
            }
            assertThat(Base32.encode(octets)).as(HexFormat.of().formatHex(octets)).isEqualTo(text);
        });
    }
}
