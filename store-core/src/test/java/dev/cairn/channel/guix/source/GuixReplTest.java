// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.daemon.DaemonException;
import dev.cairn.manifest.SearchPathSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A script stands in for Guix and speaks as it does. */
class GuixReplTest {
    private static final Location PLACE = new Location("gnu/packages/tea.scm", 12, 2);
    private static final String GREETING = "echo '(repl-version 0 1 1)'\n";

    @TempDir
    private Path folder;

    private int started;

    private GuixRepl repl(String script, Duration patience) throws IOException {
        Path program = folder.resolve("guix");
        Files.writeString(program, script);
        return new GuixRepl(
                () -> {
                    started++;
                    Process process = new ProcessBuilder("/bin/sh", program.toString()).start();
                    return new GuixRepl.Program() {
                        @Override
                        public OutputStream questions() {
                            return process.getOutputStream();
                        }

                        @Override
                        public InputStream answers() {
                            return process.getInputStream();
                        }

                        @Override
                        public void close() {
                            process.descendants().forEach(ProcessHandle::destroyForcibly);
                            process.destroyForcibly();
                        }
                    };
                },
                patience);
    }

    @Test
    void asksOnceForEachPackage() throws Exception {
        try (GuixRepl repl = repl(GREETING + """
                while read -r question; do
                  case $question in
                    *'find-packages-by-name "tea" "1"'*)
                      printf '%s\\n' '(values (value (("gnu/packages/tea.scm" 12 (("milk" "2" "out") ("cup" "3" "lib")) (("TEA" ("tea") ":" directory #f))))))';;
                    *'"two"'*)
                      printf '%s\\n' '(values (value (("a.scm" 1 () ()) ("gnu/packages/tea.scm" 12 (("milk" "2" "out")) ()))))';;
                    *'"several"'*)
                      printf '%s\\n' '(values (value (("a.scm" 1 () ()) ("b.scm" 1 (("milk" "2" "out")) ()))))';;
                    *'"odd"'*) printf '%s\\n' '(values (value (("a.scm" 1 (#f ("milk" "2" "out")) ()))))';;
                    *) printf '%s\\n' '(values (value ()))';;
                  esac
                done
                """, Duration.ofSeconds(60))) {
            Knowledge tea = new Knowledge.Known(
                    List.of(
                            new PropagatedInput("milk", Optional.of("2"), "out"),
                            new PropagatedInput("cup", Optional.of("3"), "lib")),
                    List.of(SearchPathSpecification.directories("TEA", ":", "tea")));
            assertThat(repl.of("tea", "1", PLACE)).isEqualTo(tea);
            assertThat(repl.of("tea", "1", PLACE)).isEqualTo(tea);
            assertThat(repl.of("two", "1", PLACE).inputs()).hasSize(1);
            assertThat(repl.of("several", "1", PLACE)).isInstanceOf(Knowledge.Unknown.class);
            assertThat(repl.of("odd", "1", PLACE)).isInstanceOf(Knowledge.Unknown.class);
            assertThat(repl.of("odd", "1", PLACE).inputs()).hasSize(1);
            assertThat(repl.of("none\"", "1", PLACE)).isInstanceOf(Knowledge.Unknown.class);
            assertThat(started).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exit 1", "echo hello; cat", "echo '(repl-version 0 1 1)'; read -r x; echo '(exception (arguments x))'",
                "echo '(repl-version 0 1 1)'; read -r x; echo '(values (value ((1 2))))'",
                "echo '(repl-version 0 1 1)'; read -r x; exit 3", "echo '(('"
            })
    void asksNoMoreOnceItFailed(String script) throws Exception {
        try (GuixRepl repl = repl(script + "\n", Duration.ofSeconds(60))) {
            for (int i = 0; i < 2; i++) {
                assertThat(repl.of("tea", "1", PLACE))
                        .isInstanceOfSatisfying(Knowledge.Unknown.class, unknown -> assertThat(unknown.why())
                                .startsWith("the Guix on this machine does not answer: "));
            }
            assertThat(started).isEqualTo(1);
        }
    }

    @Test
    void waitsNoLongerThanItsPatience() throws Exception {
        try (GuixRepl repl = repl(GREETING + "sleep 1000\n", Duration.ofSeconds(1))) {
            assertThat(repl.of("tea", "1", PLACE))
                    .isInstanceOfSatisfying(
                            Knowledge.Unknown.class,
                            unknown -> assertThat(unknown.why()).contains("longer than 1 seconds"));
        }
    }

    @Test
    void interruptionEndsTheWaiting() throws Exception {
        try (GuixRepl repl = repl("sleep 1000\n", Duration.ofSeconds(60))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> repl.of("tea", "1", PLACE)).isInstanceOf(DaemonException.Cancelled.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
