// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DesktopExecTest {
    @Test
    void keepsArgumentsAndFieldCodes() {
        DesktopExec exec = DesktopExec.parse("gimp --new  \"a b\" %U").orElseThrow();
        assertThat(exec.program()).isEqualTo("gimp");
        assertThat(exec.with(List.of("/store/bin/gimp"))).isEqualTo("/store/bin/gimp --new  \"a b\" %U");
        assertThat(DesktopExec.parse("gimp").orElseThrow().with(List.of("/a", "/b"))).isEqualTo("/a /b");
    }

    @Test
    void readsProgramInQuotes() {
        DesktopExec exec = DesktopExec.parse("\"/usr/lib/my app/run\" %f").orElseThrow();
        assertThat(exec.program()).isEqualTo("/usr/lib/my app/run");
        assertThat(exec.rest()).isEqualTo(" %f");
    }

    @Test
    void quotesWordsThatNeedIt() {
        DesktopExec exec = DesktopExec.parse("x %u").orElseThrow();
        assertThat(exec.with(List.of("/it's a/100%/$HOME\"`\\"))).isEqualTo("\"/it's a/100%%/\\$HOME\\\"\\`\\\\\" %u");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "\"unclosed", "x \"unclosed", "x\ny", "x\u0000", "$(rm) x", "`id`", "x;y", "a=b c", "%u", "./here",
        "../up", "~/bin/x", "\"\" x", "\"a\"b", "\"a$b\"", "x\ty"
    })
    void refusesWhatProgramsReadInDifferentWays(String value) {
        assertThat(DesktopExec.parse(value)).isEmpty();
    }
}
