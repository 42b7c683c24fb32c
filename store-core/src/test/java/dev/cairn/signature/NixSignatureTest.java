// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.testing.Gen;
import dev.cairn.testing.Golden;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NixSignatureTest {
    private static final JsonNode GOLDEN = Golden.json("signature/nix.json");

    @Test
    void signsAndVerifiesAsNixDoes() throws Exception {
        NixSecretKey secret = NixSecretKey.parse(GOLDEN.get("secretKey").asString());
        NixPublicKey key = NixPublicKey.parse(GOLDEN.get("publicKey").asString());
        assertThat(secret.publicKey()).isEqualTo(key);
        assertThat(key).hasToString(GOLDEN.get("publicKey").asString());
        for (JsonNode item : GOLDEN.get("items")) {
            byte[] text = fingerprint(item);
            NixSignature signature = NixSignature.parse(item.get("signature").asString());
            assertThat(key.verifies(signature, text)).isTrue();
            assertThat(secret.sign(text)).isEqualTo(signature).hasToString(item.get("signature").asString());
        }
    }

    @Test
    void refusesWhatWasChanged() throws Exception {
        NixPublicKey key = NixPublicKey.parse(GOLDEN.get("publicKey").asString());
        JsonNode item = GOLDEN.get("items").get(0);
        byte[] text = fingerprint(item);
        NixSignature signature = NixSignature.parse(item.get("signature").asString());
        assertThat(key.verifies(signature, fingerprint(GOLDEN.get("items").get(1)))).isFalse();
        assertThat(key.verifies(new NixSignature("other", signature.octets()), text)).isFalse();
        for (int i = 0; i < 64; i++) {
            byte[] octets = signature.octets();
            octets[i] ^= 1;
            assertThat(key.verifies(new NixSignature(key.name(), octets), text)).as("octet " + i).isFalse();
        }
    }

    @Test
    void everyNewKeysSignaturesAreItsOwn() {
        Gen.octets(0, 100).check(15, text -> {
            NixSecretKey key = NixSecretKey.generate("key-1");
            NixSecretKey other = NixSecretKey.generate("key-1");
            assertThat(NixSecretKey.parse(key.text()).publicKey()).isEqualTo(key.publicKey());
            assertThat(key.publicKey().verifies(key.sign(text), text)).isTrue();
            assertThat(other.publicKey().verifies(key.sign(text), text)).isFalse();
        });
    }

    @Test
    void refusesKeysAndSignaturesOfAnotherForm() {
        String key = GOLDEN.get("publicKey").asString();
        String secret = GOLDEN.get("secretKey").asString();
        for (String text : List.of("", "name", ":" + key, "name:", "name:AAAA", key + "AAAA", key.replace("=", "*"))) {
            assertThatThrownBy(() -> NixPublicKey.parse(text)).as(text).isInstanceOf(FormatException.class);
            assertThatThrownBy(() -> NixSecretKey.parse(text)).as(text).isInstanceOf(FormatException.class);
            assertThatThrownBy(() -> NixSignature.parse(text)).as(text).isInstanceOf(FormatException.class);
        }
        assertThatThrownBy(() -> NixSecretKey.parse(secret.replace(":M3", ":N3")))
                .isInstanceOf(FormatException.class);
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        assertThatThrownBy(() -> NixPublicKey.parse("name:" + Base64.getEncoder().encodeToString(neutral)))
                .as("a key for which anything is signed")
                .isInstanceOf(FormatException.class);
    }

    private static byte[] fingerprint(JsonNode item) throws FormatException {
        List<StorePath> references = new ArrayList<>();
        for (String reference : Golden.strings(item.get("references"))) {
            references.add(StoreDirectory.NIX.parse(reference));
        }
        return NixSignature.fingerprint(
                StoreDirectory.NIX.parse(item.get("path").asString()),
                new Hash(HashAlgorithm.SHA256, Golden.hex(item, "narHash")),
                item.get("narSize").asLong(),
                references);
    }
}
