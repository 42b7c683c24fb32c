// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TableTest {
    /** The example is that of the facts on Guix's queries. */
    @Test
    void fillsColumnsUpToTwentyAndCutsNothing() throws IOException {
        Table table = new Table();
        table.add("hello", "2.12.1", "out", "gnu/packages/base.scm:98:2");
        table.add("hello-very-long-name-that-exceeds", "0.1", "out,doc", "gnu/packages/x.scm:1:2");
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        Output out = new Output(stream);

        table.print(out);
        out.flush();

        assertThat(stream.toString(StandardCharsets.UTF_8))
                .isEqualTo("""
                        hello               \t2.12.1\tout    \tgnu/packages/base.scm:98:2
                        hello-very-long-name-that-exceeds\t0.1   \tout,doc\tgnu/packages/x.scm:1:2
                        """);
    }
}
