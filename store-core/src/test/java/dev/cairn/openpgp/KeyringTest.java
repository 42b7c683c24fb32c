// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.testing.debian.SigningKey;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyringTest {
    private static final SigningKey FIRST = SigningKey.first();
    private static final SigningKey SECOND = SigningKey.second();

    @Test
    void readsSeveralKeysBinaryAndArmoured() throws Exception {
        List<String> both = List.of(FIRST.fingerprint(), SECOND.fingerprint());
        assertThat(Keyring.read(join(FIRST.keyring(), SECOND.keyring())).fingerprints()).isEqualTo(both);
        byte[] armoured = join(FIRST.armouredKeyring(), "\na comment\n".getBytes(US_ASCII), SECOND.armouredKeyring());
        assertThat(Keyring.read(armoured).fingerprints()).isEqualTo(both);
        assertThat(Keyring.read(FIRST.keyring()).and(Keyring.read(SECOND.keyring())).fingerprints()).isEqualTo(both);
    }

    @Test
    void readsAnEmptyFileAsNoKeys() throws Exception {
        assertThat(Keyring.read(new byte[0]).isEmpty()).isTrue();
    }

    @Test
    void saysThatKeyboxesAreNotRead() {
        byte[] keybox = new byte[32];
        System.arraycopy("KBXf".getBytes(US_ASCII), 0, keybox, 8, 4);
        assertThatThrownBy(() -> Keyring.read(keybox))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("keybox")
                .hasMessageContaining("gpg --export");
    }

    @Test
    void refusesWhatIsNoKeyring() {
        byte[] key = FIRST.keyring();
        assertRefused("text".getBytes(US_ASCII), "no keys");
        assertRefused(Arrays.copyOf(key, key.length - 1), "ends early");
        assertRefused(new byte[] {(byte) 0xc6}, "ends early");
        assertRefused(Arrays.copyOfRange(key, 2 + (key[1] & 0xff), key.length), "does not begin with a public key");
        assertRefused(new byte[Keyring.MAX_SIZE + 1], "more than");
        String armour = new String(FIRST.armouredKeyring(), US_ASCII);
        assertRefused(armour.substring(0, armour.length() / 2).getBytes(US_ASCII), "no end");
        assertRefused(armour.replaceFirst("\n\n.", "\n\n?").getBytes(US_ASCII), "base 64");
    }

    private static void assertRefused(byte[] octets, String message) {
        assertThatThrownBy(() -> Keyring.read(octets))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
