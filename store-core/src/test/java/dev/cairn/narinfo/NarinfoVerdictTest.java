// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.signature.AccessList;
import dev.cairn.signature.TrustedKeys;
import dev.cairn.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Whole texts and what is to be thought of them. */
class NarinfoVerdictTest {
    private static final JsonNode GOLDEN = Golden.json("narinfo/verdicts.json");
    private static final String CACHE = "http://cache.example/sub";

    @TestFactory
    Stream<DynamicTest> judgesAsGuixDoesOrMoreStrictly() throws Exception {
        AccessList acl = AccessList.read(GOLDEN.get("acl").asString().getBytes(StandardCharsets.US_ASCII));
        return GOLDEN.get("cases").valueStream()
                .map(test -> DynamicTest.dynamicTest(test.get("name").asString(), () -> check(test, acl)));
    }

    private static void check(JsonNode test, AccessList acl) {
        byte[] text = test.get("text").asString().getBytes(StandardCharsets.UTF_8);
        String verdict;
        try {
            Narinfo narinfo = NarinfoReader.read(text, StoreDirectory.GNU);
            verdict = verdict(narinfo.judge(new TrustedKeys(acl, List.of())));
            checkNars(narinfo, test);
            assertThat(narinfo.octets()).isEqualTo(text);
            assertThat(narinfo.judge(TrustedKeys.NONE).isAuthorised()).isFalse();
        } catch (FormatException _) {
            verdict = "REFUSED";
        }
        assertThat(verdict).isEqualTo(test.get("cairn").asString());
        if (verdict.equals("AUTHORISED")) {
            assertThat(test.get("guix").asString()).isEqualTo("valid");
        }
    }

    private static String verdict(Standing standing) {
        return switch (standing) {
            case Standing.Authorised _ -> "AUTHORISED";
            case Standing.Unsigned _ -> "UNSIGNED";
            case Standing.UnknownKeys _ -> "UNKNOWN";
            case Standing.Forged _ -> "FORGED";
            case Standing.Unreadable _ -> "UNREADABLE";
        };
    }

    private static void checkNars(Narinfo narinfo, JsonNode test) {
        assertThat(narinfo.nars())
                .extracting(nar -> nar.address(CACHE))
                .containsExactlyElementsOf(Golden.strings(test.get("addresses")));
        assertThat(narinfo.nars())
                .extracting(nar -> nar.compression().id())
                .containsExactlyElementsOf(Golden.strings(test.get("compressions")));
        // Guix counts sizes by themselves; here they belong to the address above them.
        if (!test.get("name").asString().equals("no-filesize-first")) {
            List<Long> sizes = new ArrayList<>();
            test.get("sizes").forEach(size -> sizes.add(size.isNull() ? -1 : size.asLong()));
            assertThat(narinfo.nars()).extracting(nar -> nar.fileSize().orElse(-1)).isEqualTo(sizes);
        }
    }
}
