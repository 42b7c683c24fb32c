// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Gen;
import org.junit.jupiter.api.Test;

class ReferencesTest {
    @Test
    void replacesEveryForm() throws PackageException {
        assertThat(marked("#$a/bin:#$b@1.2/x #$c:doc #$d@3:bin/y")).isEqualTo("<a>/bin:<b@1.2>/x <c:doc> <d@3:bin>/y");
        assertThat(marked("#$output/x #$output:doc/y #$source/z")).isEqualTo("[out]/x [doc]/y [source]/z");
    }

    @Test
    void endsNamesBeforePunctuation() throws PackageException {
        assertThat(marked("see #$fortune. And #$g++? or #$a-b, #$c- #$d@1."))
                .isEqualTo("see <fortune>. And <g++>? or <a-b>, <c>- <d@1>.");
        assertThat(marked("#$a:#$b:/c:#$c: d")).isEqualTo("<a>:<b>:/c:<c>: d");
        assertThat(marked("#$a@ #$b@/x")).isEqualTo("<a>@ <b>@/x");
    }

    @Test
    void leavesOtherMarksAlone() throws PackageException {
        assertThat(marked("$# #$ #$/ #$\"x\" #${a} # $a")).isEqualTo("$# #$ #$/ #$\"x\" #${a} # $a");
        assertThat(marked("#$$a #$$#$b #$$$c #$")).isEqualTo("#$a #$<b> #$$c #$");
        assertThat(marked("#$")).isEqualTo("#$");
    }

    @Test
    void doesNotTakeLongerNamesForItsOwn() throws PackageException {
        assertThat(marked("#$output-x #$sources #$outputs/a")).isEqualTo("<output-x> <sources> <outputs>/a");
    }

    @Test
    void keepsTextWithoutReferences() {
        Gen.strings("#$ ax/:@.\n", 0, 20).check(5000, text -> {
            References references = References.in(text);
            if (references.parts().stream().allMatch(References.Literal.class::isInstance)) {
                assertThat(references.replace(_ -> "")).isEqualTo(text.replaceAll("#\\$\\$", "#\\$"));
            }
        });
    }

    private static String marked(String text) throws PackageException {
        return References.in(text).replace(part -> switch (part) {
            case References.Literal(String literal) -> literal;
            case References.OfPackage(Specification specification) -> "<" + specification + ">";
            case References.OwnOutput(String output) -> "[" + output + "]";
            case References.OfSource _ -> "[source]";
        });
    }
}
