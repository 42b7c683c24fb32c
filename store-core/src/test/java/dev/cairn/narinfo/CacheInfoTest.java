// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CacheInfoTest {
    private static final String GUIX = "StoreDir: /gnu/store\nWantMassQuery: 0\nPriority: 100\n";

    @Test
    void writesAndReadsWhatGuixPublishSays() throws Exception {
        CacheInfo info = new CacheInfo(StoreDirectory.GNU, false, OptionalInt.of(100));
        assertThat(new String(info.octets(), StandardCharsets.UTF_8)).isEqualTo(GUIX);
        assertThat(read(GUIX)).isEqualTo(info);
    }

    @Test
    void readsWhatNixSays() throws Exception {
        assertThat(read(Golden.json("narinfo/nix.json").get("cacheInfo").asString()).store())
                .isEqualTo(StoreDirectory.NIX);
        assertThat(read("StoreDir: /nix/store\nWantMassQuery: 1\nOther: x\n").wantsMassQuery()).isTrue();
    }

    @Test
    void refusesWhatIsNone() {
        List<String> texts = List.of(
                "",
                "<html>",
                "Priority: 1\n",
                "StoreDir: nix\n",
                "StoreDir: /nix/store\nPriority: -1\n",
                " ".repeat(70000));
        for (String text : texts) {
            assertThatThrownBy(() -> read(text)).isInstanceOf(FormatException.class);
        }
    }

    private static CacheInfo read(String text) throws FormatException {
        return CacheInfo.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
