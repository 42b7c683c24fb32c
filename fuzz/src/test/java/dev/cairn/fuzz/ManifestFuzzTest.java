// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.error.FormatException;
import dev.cairn.manifest.ManifestReader;
import dev.cairn.path.StoreDirectory;
import dev.cairn.scheme.Datum;
import dev.cairn.scheme.SchemePrinter;
import dev.cairn.scheme.SchemeReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

class ManifestFuzzTest {
    @FuzzTest(maxDuration = "3m")
    void readsBackWhatItPrinted(byte[] input) throws FormatException {
        String text = new String(input, StandardCharsets.UTF_8);
        List<Datum> data;
        try {
            data = SchemeReader.readAll(text);
        } catch (FormatException _) {
            return;
        }
        for (Datum datum : data) {
            assertThat(SchemeReader.read(SchemePrinter.print(datum))).isEqualTo(datum);
        }
        try {
            ManifestReader.read(StoreDirectory.GNU, text);
        } catch (FormatException _) {
            // Data it is, but no manifest.
        }
    }
}
