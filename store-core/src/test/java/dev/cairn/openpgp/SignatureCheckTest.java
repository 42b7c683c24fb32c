// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.testing.debian.SigningKey;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.junit.jupiter.api.Test;

class SignatureCheckTest {
    private static final String TEXT = "Origin: Mini\nSuite: stable\n";
    private static final Instant NOW = Instant.now();

    @Test
    void tellsWhoSigned() throws Exception {
        for (SigningKey key : List.of(
                SigningKey.first(),
                SigningKey.with().rsa(2048).make(),
                SigningKey.with().subkey().make(),
                SigningKey.with().rsa(2048).subkey().make(),
                SigningKey.with().life(Duration.ofDays(7300)).make())) {
            SignatureCheck check = check(key);
            for (Verified verified :
                    List.of(check.inline(key.clearSign(TEXT)), check.detached(octets(TEXT), key.sign(octets(TEXT))))) {
                assertThat(verified.text()).asString(UTF_8).isEqualTo(TEXT);
                assertThat(verified.signers()).hasSize(1).first().satisfies(signer -> {
                    assertThat(signer.primary()).isEqualTo(key.fingerprint());
                    assertThat(signer.key()).isEqualTo(key.signingFingerprint());
                });
            }
        }
    }

    @Test
    void isContentWithOneGoodSignatureOfSeveral() throws Exception {
        byte[] both = join(SigningKey.second().sign(octets(TEXT)), SigningKey.first().sign(octets(TEXT)));
        assertThat(check(SigningKey.first()).detached(octets(TEXT), both).signers()).hasSize(1);
        assertThat(check(SigningKey.second()).detached(octets(TEXT), both).signers()).hasSize(1);
    }

    @Test
    void passesOverSignaturesOfKindsThatAreNotKnown() throws Exception {
        byte[] good = Armour.blocks(SigningKey.first().sign(octets(TEXT)), "SIGNATURE").getFirst();
        for (int version : new int[] {3, 5, 7}) {
            byte[] strange = good.clone();
            // Behind the tag and the length.
            strange[(strange[0] & 0x40) != 0 && (strange[1] & 0xff) < 192 ? 2 : 3] = (byte) version;
            assertThat(check(SigningKey.first()).detached(octets(TEXT), join(strange, good)).signers()).hasSize(1);
            assertThat(failure(() -> check(SigningKey.first()).detached(octets(TEXT), strange)))
                    .hasMessageContaining("cannot be read");
        }
    }

    @Test
    void refusesUnknownKeys() {
        assertThat(assertRefused(check(SigningKey.second()), SigningKey.first(), "none of the keyrings").problems())
                .containsExactly(new SignatureProblem.UnknownKey(SigningKey.first().fingerprint()));
    }

    @Test
    void refusesKeysThatAreNotAdmitted() throws Exception {
        SigningKey key = SigningKey.with().subkey().make();
        Keyring keyring = Keyring.read(key.keyring());
        for (String admitted : List.of(
                key.fingerprint(), key.signingFingerprint(), key.signingFingerprint() + "!")) {
            List<String> others = List.of(SigningKey.first().fingerprint(), admitted);
            assertThat(new SignatureCheck(keyring, others, NOW).inline(key.clearSign(TEXT)).signers()).hasSize(1);
        }
        for (String admitted : List.of(key.fingerprint() + "!", SigningKey.first().fingerprint())) {
            SignatureCheck check = new SignatureCheck(keyring, List.of(admitted), NOW);
            assertThat(assertRefused(check, key, "not one of those").problems())
                    .containsExactly(new SignatureProblem.NotAdmitted(key.signingFingerprint()));
        }
    }

    @Test
    void refusesChangedTexts() {
        SigningKey key = SigningKey.first();
        byte[] message = new String(key.clearSign(TEXT), UTF_8).replace("stable", "sta6le").getBytes(UTF_8);
        SignatureException inline = failure(() -> check(key).inline(message));
        assertThat(inline.problems()).containsExactly(new SignatureProblem.BadSignature(key.fingerprint()));
        byte[] signature = key.sign(octets(TEXT));
        assertThat(failure(() -> check(key).detached(octets(TEXT + "\n"), signature)).problems())
                .containsExactly(new SignatureProblem.BadSignature(key.fingerprint()));
    }

    @Test
    void refusesWeakDigests() {
        SigningKey key = SigningKey.first();
        for (int digest : new int[] {HashAlgorithmTags.SHA1, HashAlgorithmTags.MD5, HashAlgorithmTags.RIPEMD160}) {
            byte[] signature = key.sign(octets(TEXT), digest, NOW);
            assertThat(failure(() -> check(key).detached(octets(TEXT), signature)).problems())
                    .hasSize(1)
                    .first()
                    .isInstanceOf(SignatureProblem.WeakDigest.class);
        }
    }

    @Test
    void refusesSmallKeys() {
        SigningKey key = SigningKey.with().rsa(1024).make();
        assertThat(assertRefused(check(key), key, "RSA with 1024 bits").problems())
                .containsExactly(new SignatureProblem.WeakKey(key.fingerprint(), "RSA with 1024 bits"));
    }

    @Test
    void refusesKeysThatExpired() {
        for (SigningKey key : List.of(
                SigningKey.with().life(Duration.ofDays(700)).make(),
                SigningKey.with().life(Duration.ofDays(700)).subkey().make())) {
            assertThat(assertRefused(check(key), key, "which expired at").problems().getFirst())
                    .isInstanceOf(SignatureProblem.ExpiredKey.class);
            // Dating the signature back does not help.
            byte[] early = key.clearSign(TEXT, HashAlgorithmTags.SHA512, NOW.minus(Duration.ofDays(400)));
            assertThat(failure(() -> check(key).inline(early))).hasMessageContaining("which expired at");
        }
    }

    @Test
    void refusesRevokedKeys() {
        SigningKey primary = SigningKey.with().revoked().make();
        assertThat(assertRefused(check(primary), primary, "revoked").problems())
                .containsExactly(new SignatureProblem.RevokedKey(primary.fingerprint()));
        SigningKey subkey = SigningKey.with().subkeyRevoked().make();
        assertThat(assertRefused(check(subkey), subkey, "revoked").problems())
                .containsExactly(new SignatureProblem.RevokedKey(subkey.signingFingerprint()));
    }

    @Test
    void refusesSubkeysThatDidNotConsent() {
        SigningKey key = SigningKey.with().subkeyWithoutBackSignature().make();
        assertThat(assertRefused(check(key), key, "not made for signing").problems())
                .containsExactly(new SignatureProblem.NotForSigning(key.signingFingerprint()));
    }

    @Test
    void refusesSignaturesOfTheFutureAndOfBeforeTheKey() {
        SigningKey key = SigningKey.first();
        for (Instant time : List.of(NOW.plus(Duration.ofHours(1)), NOW.minus(Duration.ofDays(1000)))) {
            byte[] message = key.clearSign(TEXT, HashAlgorithmTags.SHA512, time);
            assertThat(failure(() -> check(key).inline(message)).problems().getFirst())
                    .isInstanceOf(SignatureProblem.WrongTime.class);
        }
    }

    @Test
    void saysWhenThereIsNoSignature() {
        SignatureCheck check = check(SigningKey.first());
        assertThat(failure(() -> check.detached(octets(TEXT), new byte[0])).problems())
                .containsExactly(new SignatureProblem.NotSigned());
        assertThat(failure(() -> check.inline(octets(TEXT))).problems().getFirst())
                .isInstanceOf(SignatureProblem.Malformed.class);
        byte[] key = SigningKey.first().keyring();
        assertThat(failure(() -> check.detached(octets(TEXT), key))).hasMessageContaining("something else among");
    }

    @Test
    void survivesWhateverElseIsThere() {
        byte[] message = SigningKey.first().clearSign(TEXT);
        SignatureCheck check = check(SigningKey.first());
        Random random = new Random(3);
        List<byte[]> believed = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            byte[] broken = message.clone();
            broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            try {
                believed.add(check.inline(i % 2 == 0 ? broken : Arrays.copyOf(broken, i % broken.length)).text());
            } catch (SignatureException _) {
                // As it should be.
            }
        }
        assertThat(believed).allSatisfy(text -> assertThat(text).asString(UTF_8).isEqualTo(TEXT));
    }

    /** Something that must fail. */
    @FunctionalInterface
    private interface Attempt {
        Verified run() throws SignatureException;
    }

    private static SignatureException failure(Attempt attempt) {
        SignatureException failure = catchThrowableOfType(SignatureException.class, attempt::run);
        assertThat(failure).isNotNull();
        return failure;
    }

    private static SignatureException assertRefused(SignatureCheck check, SigningKey key, String message) {
        SignatureException inline = failure(() -> check.inline(key.clearSign(TEXT)));
        assertThat(inline).hasMessageContaining(message);
        SignatureException detached = failure(() -> check.detached(octets(TEXT), key.sign(octets(TEXT))));
        assertThat(detached.problems()).isEqualTo(inline.problems());
        return inline;
    }

    private static SignatureCheck check(SigningKey key) {
        try {
            return new SignatureCheck(Keyring.read(key.keyring()), List.of(), NOW.plusSeconds(60));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }
}
