// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PatchIndexTest {
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);
    private static final String C = "c".repeat(64);
    private static final String TEXT = "SHA256-Current: " + C + " 30\n"
            + "SHA256-History:\n " + A + " 10 P-1\n " + B + " 20 P-2\n"
            + "SHA256-Patches:\n " + B + " 5 P-1\n " + A + " 6 P-2\n"
            + "SHA256-Download:\n " + C + " 7 P-1.gz\n " + C + " 8 P-2.gz\n";

    private static PatchIndex read(String text) throws FormatException {
        return PatchIndex.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tellsWhichPatchesLeadToNow() throws Exception {
        PatchIndex chain = read(TEXT);
        assertThat(chain.current()).isEqualTo(C);
        assertThat(chain.from(A)).extracting(patch -> patch.download().name()).containsExactly("P-1.gz", "P-2.gz");
        assertThat(chain.from(B)).extracting(patch -> patch.script().size()).containsExactly(6L);
        assertThat(chain.from(C)).isEmpty();
        PatchIndex merged = read(TEXT + "X-Patch-Precedence: merged\n");
        assertThat(merged.from(A)).extracting(patch -> patch.download().name()).containsExactly("P-1.gz");
    }

    @Test
    void refusesWhatIsNotListedRightly() {
        for (String wrong : new String[] {
            "", "Something: else\n", TEXT.replace("SHA256-Current", "SHA1-Current"), TEXT.replace(" 8 P-2.gz", ""),
            TEXT.replace("P-2.gz", "P-3.gz"), TEXT.replace("P-1", "../P-1"), TEXT.replace(" 10 ", " -1 "),
            TEXT.replace(A + " 10", A.substring(1) + " 10")
        }) {
            assertThatThrownBy(() -> read(wrong)).as(wrong).isInstanceOf(FormatException.class);
        }
    }
}
