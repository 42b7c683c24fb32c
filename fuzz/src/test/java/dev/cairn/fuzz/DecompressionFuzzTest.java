// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.compression.DamagedException;
import dev.cairn.compression.Decompressor;
import dev.cairn.narinfo.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

class DecompressionFuzzTest {
    private static final int LIMIT = 1 << 20;

    /** The first octet says which compression. */
    @FuzzTest(maxDuration = "3m")
    void failsInItsOwnWordsAndStopsInTime(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        Compression compression = Compression.values()[(input[0] & 0xff) % Compression.values().length];
        ByteArrayInputStream rest = new ByteArrayInputStream(input, 1, input.length - 1);
        try (InputStream in = new Decompressor(rest, compression, LIMIT)) {
            assertThat(in.readAllBytes()).hasSizeLessThanOrEqualTo(LIMIT);
        } catch (DamagedException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
