// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.signature.SecretKey;
import dev.cairn.signature.SexpReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignerKeyTest {
    private static final String NIX = "cache.example.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=";

    @Test
    void readsAKeyOfGuixWithSpaceAroundIt() throws Exception {
        SignerKey key = FakeTrust.newKey();
        SignerKey read = SignerKey.parse("\n  " + key.text() + "\n");
        assertThat(read).isEqualTo(key);
        assertThat(read.kind()).isEqualTo("Guix \u00b7 Ed25519");
        assertThat(read.name()).isEmpty();
        assertThat(read.shownFingerprint()).matches("([0-9A-F]{4} ){15}[0-9A-F]{4}");
    }

    @Test
    void readsAKeyOfNix() throws Exception {
        SignerKey key = SignerKey.parse(NIX + "\n");
        assertThat(key.name()).isEqualTo("cache.example.org-1");
        assertThat(key.text()).isEqualTo(NIX);
        assertThat(key.kind()).startsWith("Nix");
        assertThat(key.fingerprint()).startsWith("E8D08774");
    }

    @Test
    void neverTakesAPrivateKey() throws Exception {
        String secret = SecretKey.generate(SexpReader.read(SecretKey.DEFAULT_PARAMETERS)).fileText();
        assertProblem(secret, "private key");
        assertProblem(secret.substring(0, secret.length() / 2), "private key");
        assertProblem("cache-1:" + "A".repeat(86) + "==", "private key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "hello|no public key",
        "https://ci.example.org/signing-key.pub|no public key",
        "(acl (entry))|list of keys",
        "(public-key (ecc (curve Ed25519) (q #00|cannot be read",
        "(signature (data))|cannot be read",
        "(public-key (dsa (p #01#)))|kind whose signatures cannot be checked",
        "(public-key (ecc (curve Ed25519) (q #AA#)))|kind whose signatures cannot be checked",
        "-----BEGIN PGP PUBLIC KEY BLOCK-----|OpenPGP",
        "ssh-ed25519 AAAAC3Nz me@here|SSH",
        "cache-1:AAAA|cannot be read",
        "cache-1:%%%|cannot be read",
        "a-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY= b-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=|more than one",
    })
    void saysWhatIsWrong(String text, String problem) {
        assertProblem(text, problem);
    }

    @Test
    void refusesWhatIsTooLong() {
        assertProblem("(" + "a".repeat(SexpReader.MAX_LENGTH), "too long");
    }

    private static void assertProblem(String text, String problem) {
        assertThatThrownBy(() -> SignerKey.parse(text))
                .isInstanceOfSatisfying(TrustProblem.class, e -> {
                    assertThat(e).hasMessageContaining(problem);
                    assertThat(e.hint()).isPresent();
                });
    }
}
