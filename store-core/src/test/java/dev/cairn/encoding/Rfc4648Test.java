// SPDX-License-Identifier: Apache-2.0
package dev.cairn.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.hash.Hash;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Rfc4648Test {
    /** Section 10 of the RFC. */
    @Test
    void writesTheExamplesOfTheStandard() {
        assertThat(base32("")).isEmpty();
        assertThat(base32("f")).isEqualTo("my");
        assertThat(base32("fo")).isEqualTo("mzxq");
        assertThat(base32("foo")).isEqualTo("mzxw6");
        assertThat(base32("foob")).isEqualTo("mzxw6yq");
        assertThat(base32("fooba")).isEqualTo("mzxw6ytb");
        assertThat(base32("foobar")).isEqualTo("mzxw6ytboi");
    }

    @Test
    void takesOctetsWithoutSign() {
        assertThat(Rfc4648.base32(new byte[] {-1, -1, -1, -1, -1})).isEqualTo("77777777");
        assertThat(Rfc4648.base32(new byte[] {-128})).isEqualTo("qa");
    }

    /** Computed with Python: base64.b32encode of the SHA-256 of the address. */
    @Test
    void writesHashesAsOtherProgramsDo() {
        byte[] hash = Hash.sha256("https://ci.guix.gnu.org".getBytes(StandardCharsets.UTF_8)).octets();
        assertThat(Rfc4648.base32(hash)).isEqualTo("4refhwxbjmeua2kwg2nmzhv4dg4d3dorpjefq7kiciw2pfhaf26a");
    }

    private static String base32(String text) {
        return Rfc4648.base32(text.getBytes(StandardCharsets.US_ASCII));
    }
}
