// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.testing.debian.SigningKey;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClearSignedTest {
    private static final SigningKey KEY = SigningKey.first();

    @Test
    void givesTheTextThatIsVerified() throws Exception {
        for (String text :
                List.of("a: b\n", "- dash\n-----BEGIN\n", "white  \t\nspace \n\n\n", "", "no end", "\u00e4\n\n")) {
            byte[] message = KEY.clearSign(text);
            String stripped = text.lines().map(String::stripTrailing).reduce("", (all, line) -> all + line + "\n");
            String expected = stripped.isEmpty() ? "\n" : stripped;
            assertThat(ClearSigned.read(message).text()).asString(UTF_8).isEqualTo(expected);
            assertThat(verify(message)).isEqualTo(expected);
            assertThat(verify(new String(message, UTF_8).replace("\n", "\r\n").getBytes(UTF_8))).isEqualTo(expected);
        }
    }

    @Test
    void refusesWhateverIsNotExactlyOneMessage() {
        String message = new String(KEY.clearSign("a: b\nc: d\n"), UTF_8);
        assertRefused("x\n" + message, "does not begin with");
        assertRefused("\n" + message, "does not begin with");
        assertRefused(message + "a: other\n", "follows the signature");
        assertRefused(message + message, "follows the signature");
        assertRefused(message.replace("Hash:", "Comment:"), "something else than 'Hash:'");
        assertRefused(message.replace("SHA512\n\n", "SHA512\n"), "something else than 'Hash:'");
        assertRefused(message.replace("c: d", "-c: d"), "not escaped");
        assertRefused(message.replace("c: d", "c:\0d"), "no text has");
        assertRefused(message.replace("c: d", "c:\rd"), "no text has");
        assertRefused(message.substring(0, message.indexOf("-----BEGIN PGP SIGNATURE")), "no signature after");
        assertRefused(message.substring(0, message.indexOf("-----END")), "has no end");
    }

    private static String verify(byte[] message) throws Exception {
        Keyring keyring = Keyring.read(KEY.keyring());
        return new String(new SignatureCheck(keyring, List.of(), Instant.now()).inline(message).text(), UTF_8);
    }

    private static void assertRefused(String message, String problem) {
        assertThatThrownBy(() -> ClearSigned.read(message.getBytes(UTF_8)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(problem);
    }
}
