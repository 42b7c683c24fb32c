// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.signature.GuixSignature.Verdict;
import dev.cairn.testing.Gen;
import dev.cairn.testing.Golden;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GuixSignatureTest {
    private static final JsonNode ECDSA = Golden.json("signature/ecdsa.json");
    private static final JsonNode RSA = Golden.json("signature/rsa.json");

    @Test
    void signsAsLibgcryptDoes() throws Exception {
        SecretKey key = SecretKey.read(octets(ECDSA.get("secretKey")));
        assertThat(key.publicKey()).isEqualTo(PublicKey.read(octets(ECDSA.get("publicKey"))));
        assertThat(key.publicKey().toString()).isEqualTo(ECDSA.get("publicKey").asString());
        assertThat(key.fileText()).isEqualTo(ECDSA.get("secretKey").asString());
        AccessList acl = new AccessList(List.of(key.publicKey()));
        for (JsonNode vector : ECDSA.get("signatures")) {
            Hash digest = digest(vector);
            GuixSignature signature = key.sign(digest);
            assertThat(hex(signature, "r")).as(digest.hex()).isEqualTo(vector.get("r").asString());
            assertThat(hex(signature, "s")).as(digest.hex()).isEqualTo(vector.get("s").asString());
            assertThat(signature.evaluate(acl, digest)).isEqualTo(Verdict.VALID);
        }
    }

    @Test
    void derivesThePublicPoint() {
        assertThat(EdwardsEcdsa.publicPoint(Golden.hex(ECDSA, "scalar"))).isEqualTo(Golden.hex(ECDSA, "point"));
    }

    @Test
    void signsWithRsaAsLibgcryptDoes() throws Exception {
        SecretKey key = SecretKey.read(octets(RSA.get("secretKey")));
        assertThat(key.publicKey().toString()).isEqualTo(RSA.get("publicKey").asString());
        AccessList acl = new AccessList(List.of(PublicKey.read(octets(RSA.get("publicKey")))));
        for (JsonNode vector : RSA.get("signatures")) {
            Hash digest = digest(vector);
            GuixSignature recorded = GuixSignature.read(octets(vector.get("text")));
            assertThat(recorded.evaluate(acl, digest)).isEqualTo(Verdict.VALID);
            assertThat(recorded.evaluate(acl, Hash.sha256(new byte[0]))).isEqualTo(Verdict.HASH_MISMATCH);
            assertThat(key.sign(digest).text()).isEqualTo(vector.get("text").asString());
        }
    }

    @Test
    void refusesRsaSignaturesThatSayAnotherHash() throws Exception {
        JsonNode vector = RSA.get("signatures").get(0);
        AccessList acl = new AccessList(List.of(PublicKey.read(octets(RSA.get("publicKey")))));
        String text = vector.get("text").asString();
        for (String changed : List.of(
                text.replace("sha256", "sha512"),
                text.replace("pkcs1", "raw"),
                text.replace("(s #02", "(s #03"),
                text.replace("(s #02", "(s #FF02"))) {
            assertThat(GuixSignature.read(octets(changed)).evaluate(acl, digest(vector)))
                    .isEqualTo(Verdict.INVALID);
        }
    }

    @Test
    void judgesAsGuixDoes() throws Exception {
        JsonNode golden = Golden.json("signature/verdicts.json");
        AccessList acl = AccessList.read(octets(golden.get("acl")));
        for (JsonNode vector : golden.get("cases")) {
            assertThat(GuixSignature.read(octets(vector.get("signature"))).evaluate(acl, digest(vector)))
                    .as(vector.get("case").asString())
                    .isEqualTo(Verdict.valueOf(vector.get("verdict").asString()));
        }
        assertThat(golden.get("cases").size()).isEqualTo(24);
    }

    @Test
    void verifiesBeforeComparingHashesInArchives() throws Exception {
        SecretKey key = SecretKey.read(octets(ECDSA.get("secretKey")));
        AccessList acl = new AccessList(List.of(key.publicKey()));
        Hash signed = Hash.sha256(new byte[] {1});
        Hash other = Hash.sha256(new byte[] {2});
        GuixSignature good = key.sign(signed);
        String changed = good.text().replace(upperCase(signed.octets()), other.hex());
        GuixSignature bad = GuixSignature.read(octets(changed));
        assertThat(good.authenticate(acl, signed)).isEqualTo(Verdict.VALID);
        assertThat(good.authenticate(acl, other)).isEqualTo(Verdict.HASH_MISMATCH);
        assertThat(bad.authenticate(acl, signed)).isEqualTo(Verdict.INVALID);
        assertThat(bad.evaluate(acl, signed)).isEqualTo(Verdict.HASH_MISMATCH);
        assertThat(good.authenticate(AccessList.EMPTY, signed)).isEqualTo(Verdict.UNAUTHORISED);
        assertThat(GuixSignature.read(octets("(signature)")).authenticate(acl, signed)).isEqualTo(Verdict.CORRUPT);
    }

    @Test
    void everyNewKeysSignaturesAreItsOwn() {
        Gen.octets(0, 20).check(15, message -> {
            SecretKey key = SecretKey.generate(SexpReader.read(SecretKey.DEFAULT_PARAMETERS));
            SecretKey other = SecretKey.generate(SexpReader.read(SecretKey.DEFAULT_PARAMETERS));
            assertThat(SecretKey.read(octets(key.fileText())).publicKey()).isEqualTo(key.publicKey());
            Hash hash = Hash.sha256(message);
            GuixSignature signature = GuixSignature.read(key.sign(hash).octets());
            assertThat(signature.evaluate(new AccessList(List.of(key.publicKey())), hash)).isEqualTo(Verdict.VALID);
            GuixSignature stolen = GuixSignature.read(
                    octets(signature.text().replace(point(key.publicKey()), point(other.publicKey()))));
            assertThat(stolen.evaluate(new AccessList(List.of(other.publicKey())), hash)).isEqualTo(Verdict.INVALID);
        });
    }

    @Test
    void generatesTheKeysThatParametersAskFor() throws Exception {
        SecretKey rsa = SecretKey.generate(SexpReader.read("(genkey (rsa (nbits 4:2048)))"));
        Hash hash = Hash.sha256(new byte[0]);
        assertThat(SecretKey.read(octets(rsa.fileText())).sign(hash).evaluate(
                        new AccessList(List.of(rsa.publicKey())), hash))
                .isEqualTo(Verdict.VALID);
        for (String parameters : List.of(
                "(genkey (rsa (nbits 3:512)))",
                "(genkey (rsa (nbits 5:99999)))",
                "(genkey (dsa (nbits 4:2048)))",
                "(genkey (ecdsa (curve \"NIST P-256\")))",
                "(genkey (ecc (curve Ed25519) (flags eddsa)))",
                "(key)")) {
            assertThatThrownBy(() -> SecretKey.generate(SexpReader.read(parameters)))
                    .as(parameters)
                    .isInstanceOf(FormatException.class);
        }
    }

    @Test
    void refusesKeysThatContradictThemselves() {
        String text = ECDSA.get("secretKey").asString();
        for (String changed : List.of(
                text.replace("(d #6F", "(d #6E"),
                text.replace("(d #6F", "(d #006F01"),
                text.replace("(q #C9", "(q #C8"),
                text.replace("private-key", "public-key"),
                text.replace("Ed25519", "ed25519"),
                text.replace("(d ", "(e "))) {
            assertThatThrownBy(() -> SecretKey.read(octets(changed)))
                    .as(changed)
                    .isInstanceOf(FormatException.class)
                    .hasMessageNotContaining("29484890");
        }
    }

    private static String hex(GuixSignature signature, String name) {
        byte[] octets = signature.expression().find("sig-val").orElseThrow().value(name).orElseThrow();
        assertThat(new BigInteger(1, octets).bitLength()).isGreaterThan(8 * octets.length - 8);
        return HexFormat.of().formatHex(octets);
    }

    private static String point(PublicKey key) {
        return upperCase(key.expression().value("q").orElseThrow());
    }

    private static String upperCase(byte[] octets) {
        return HexFormat.of().withUpperCase().formatHex(octets);
    }

    private static Hash digest(JsonNode vector) {
        return new Hash(HashAlgorithm.SHA256, Golden.hex(vector, "digest"));
    }

    private static byte[] octets(JsonNode text) {
        return octets(text.asString());
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
