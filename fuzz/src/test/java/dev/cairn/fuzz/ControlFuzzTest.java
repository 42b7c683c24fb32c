// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.debian.AptConfReader;
import dev.cairn.debian.BinaryPackageReader;
import dev.cairn.debian.ControlReader;
import dev.cairn.debian.CopyrightFile;
import dev.cairn.debian.EdScript;
import dev.cairn.debian.PatchIndex;
import dev.cairn.debian.ReleaseFile;
import dev.cairn.debian.RelationParser;
import dev.cairn.debian.SourcesListReader;
import dev.cairn.error.FormatException;
import dev.cairn.openpgp.ClearSigned;
import java.nio.charset.StandardCharsets;
import java.util.List;

class ControlFuzzTest {
    /** One of the readers of what archives say. */
    @FunctionalInterface
    private interface Reader {
        void read(byte[] input) throws FormatException;
    }

    private static final List<Reader> READERS = List.of(
            input -> ControlReader.all("control", input).forEach(paragraph -> {
                try {
                    BinaryPackageReader.read(paragraph);
                } catch (FormatException _) {
                    // A paragraph, but of something else.
                }
            }),
            ReleaseFile::read,
            PatchIndex::read,
            EdScript::read,
            ClearSigned::read,
            CopyrightFile::licences,
            input -> RelationParser.dependencies("Depends", new String(input, StandardCharsets.UTF_8)),
            input -> RelationParser.relations("Conflicts", new String(input, StandardCharsets.UTF_8)),
            input -> RelationParser.provides(new String(input, StandardCharsets.UTF_8)),
            input -> new AptConfReader().read("apt.conf", new String(input, StandardCharsets.UTF_8)),
            input -> new SourcesListReader().lines("sources.list", new String(input, StandardCharsets.UTF_8)),
            input -> new SourcesListReader().paragraphs("debian.sources", input));

    @FuzzTest(maxDuration = "3m")
    void refusesInItsOwnWords(byte[] input) {
        for (Reader reader : READERS) {
            try {
                reader.read(input);
            } catch (FormatException _) {
                // So it should be.
            }
        }
    }
}
