// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessListTest {
    private static final String KEY = "(public-key (ecc (curve Ed25519) (q #01#)))";

    @Test
    void writesWhatGuixWrites() throws Exception {
        for (String name : List.of("acl", "aclOfThree")) {
            String text = Golden.json("signature/verdicts.json").get(name).asString();
            assertThat(read(text).text()).isEqualTo(text);
        }
    }

    @Test
    void putsKeysInFrontOnce() throws Exception {
        AccessList list = read(Golden.json("signature/verdicts.json").get("aclOfThree").asString());
        PublicKey last = list.keys().getLast();
        AccessList moved = list.with(last);
        assertThat(moved.keys()).containsExactly(last, list.keys().get(0), list.keys().get(1));
        assertThat(moved.key(last.expression())).contains(last);
    }

    @Test
    void authorisesNobodyWhenEmpty() throws Exception {
        assertThat(read("(acl)").keys()).isEmpty();
        assertThat(AccessList.EMPTY.text()).isEqualTo("(acl)\n");
    }

    @Test
    void isSpoiledByOneOddEntry() {
        for (String entry : List.of(
                "(entry " + KEY + " (tag (guix archive)))",
                "(entry " + KEY + ")",
                "(entry " + KEY + " (tag (guix import)) more)",
                "(item " + KEY + " (tag (guix import)))",
                "(entry (private-key) (tag (guix import)))",
                "(entry key (tag (guix import)))",
                "entry")) {
            assertThatThrownBy(() -> read("(acl (entry " + KEY + " (tag (guix import))) " + entry + ")"))
                    .as(entry)
                    .isInstanceOf(FormatException.class);
        }
        assertThatThrownBy(() -> read("(list)")).isInstanceOf(FormatException.class);
    }

    private static AccessList read(String text) throws FormatException {
        return AccessList.read(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
