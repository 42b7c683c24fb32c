// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NarPreferenceTest {
    @Test
    void smallerFilesComeFirstAndThoseOfUnknownSizeLast() {
        List<NarChoice> choices = List.of(
                nar(Compression.GZIP, -1),
                nar(Compression.NONE, 500),
                nar(Compression.ZSTD, 90),
                nar(Compression.LZIP, -1));
        assertThat(NarPreference.SMALLEST.sort(choices))
                .extracting(NarChoice::compression)
                .containsExactly(Compression.ZSTD, Compression.NONE, Compression.LZIP, Compression.GZIP);
    }

    @Test
    void withoutSizesTheCompressionDecides() {
        List<NarChoice> choices =
                Arrays.stream(Compression.values()).map(compression -> nar(compression, -1)).toList();
        assertThat(NarPreference.SMALLEST.sort(choices))
                .extracting(NarChoice::compression)
                .startsWith(Compression.LZIP)
                .endsWith(Compression.GZIP, Compression.NONE);
        assertThat(NarPreference.FASTEST.sort(choices))
                .extracting(NarChoice::compression)
                .startsWith(Compression.NONE, Compression.ZSTD, Compression.GZIP, Compression.LZIP);
    }

    @Test
    void speedCountsMoreThanSizeWhereDecompressionIsWaitedFor() {
        assertThat(NarPreference.FASTEST.sort(List.of(nar(Compression.LZIP, 10), nar(Compression.ZSTD, 20))))
                .extracting(NarChoice::compression)
                .containsExactly(Compression.ZSTD, Compression.LZIP);
    }

    private static NarChoice nar(Compression compression, long size) {
        return new NarChoice(
                "nar/" + compression.id(),
                compression,
                size < 0 ? OptionalLong.empty() : OptionalLong.of(size),
                Optional.empty());
    }
}
