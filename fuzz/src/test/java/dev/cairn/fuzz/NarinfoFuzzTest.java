// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.error.FormatException;
import dev.cairn.narinfo.CacheInfo;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.NarPreference;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.narinfo.NarinfoReader;
import dev.cairn.narinfo.NarinfoWriter;
import dev.cairn.narinfo.Standing;
import dev.cairn.path.StoreDirectory;
import dev.cairn.signature.AccessList;
import dev.cairn.signature.NixPublicKey;
import dev.cairn.signature.TrustedKeys;
import java.util.List;
import java.util.Optional;

class NarinfoFuzzTest {
    private static final String KEY = "cache.example.org-1:vYi4MOoeuABqDhg4jaMWmhSPuClOi3cqhsXjOUBBaSQ=";

    @FuzzTest(maxDuration = "3m")
    void readsBackWhatItTook(byte[] input) throws FormatException {
        readInfo(input);
        for (StoreDirectory store : List.of(StoreDirectory.GNU, StoreDirectory.NIX)) {
            Narinfo narinfo;
            try {
                narinfo = NarinfoReader.read(input, store);
            } catch (FormatException _) {
                continue;
            }
            assertThat(narinfo.octets()).isEqualTo(input);
            TrustedKeys keys = new TrustedKeys(AccessList.EMPTY, List.of(NixPublicKey.parse(KEY)));
            assertThat(narinfo.judge(keys)).isNotNull();
            assertThat(narinfo.judge(TrustedKeys.NONE)).isNotInstanceOf(Standing.Forged.class);
            for (NarChoice nar : NarPreference.SMALLEST.sort(narinfo.nars())) {
                if (nar.url().contains("Signature:")) {
                    // Readable only behind a line that begins so.
                    continue;
                }
                byte[] written =
                        NarinfoWriter.nix(narinfo.claim(), nar, List.of(), narinfo.contentAddress());
                Narinfo again = NarinfoReader.read(written, store);
                assertThat(again.claim().path()).isEqualTo(narinfo.path());
                assertThat(again.claim().references()).containsExactlyInAnyOrderElementsOf(
                        narinfo.claim().references());
                assertThat(again.nars()).containsExactly(nar);
                assertThat(again.contentAddress()).isEqualTo(narinfo.contentAddress());
                assertThat(again.claim().narHash()).isEqualTo(narinfo.claim().narHash());
            }
        }
    }

    private static void readInfo(byte[] input) throws FormatException {
        Optional<CacheInfo> info;
        try {
            info = Optional.of(CacheInfo.read(input));
        } catch (FormatException _) {
            info = Optional.empty();
        }
        if (info.isPresent()) {
            assertThat(CacheInfo.read(info.get().octets())).isEqualTo(info.get());
        }
    }
}
