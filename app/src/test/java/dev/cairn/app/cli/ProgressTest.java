// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Workspace;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.path.StoreDirectory;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final String DERIVATION = "/gnu/store/pg7gsrrp8afcb0lwxzzz394qxigyki5w-hello-2.1.drv";

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Progress progress(Screen screen) {
        return new Progress(new Session(
                Map.of(),
                InputStream.nullInputStream(),
                new Output(new ByteArrayOutputStream()),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                screen,
                choices -> Workspace.of(Map.of(), choices)));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysPlainLinesWhereNobodyLooks() {
        try (Progress progress = progress(Screen.NONE)) {
            var build = new Activities(progress).start(Event.Kind.BUILD, DERIVATION);
            build.log("compiling");
            build.finish();
            new Activities(progress).start(Event.Kind.BUILD, DERIVATION).fail("exit code 1", Optional.empty());
        }

        assertThat(said())
                .isEqualTo("""
                        building hello-2.1
                        building hello-2.1
                        building hello-2.1: failed
                        """);
    }

    @Test
    void saysNothingOfWhatOnlyPreparesUnlessItFails() throws Exception {
        try (Progress progress = progress(Screen.NONE)) {
            progress.passOver(List.of(StoreDirectory.GNU.parse(DERIVATION)));
            var build = new Activities(progress).start(Event.Kind.BUILD, DERIVATION);
            build.child(Event.Kind.DOWNLOAD, "https://example.org/hello.deb").finish();
            build.finish();
            new Activities(progress).start(Event.Kind.BUILD, DERIVATION).fail("exit code 1", Optional.empty());
        }

        assertThat(said())
                .isEqualTo("""
                        downloading https://example.org/hello.deb
                        building hello-2.1: failed
                        """);
    }

    @Test
    void callsNothingFailedThatWasCancelled() {
        try (Progress progress = progress(Screen.NONE)) {
            var build = new Activities(progress).start(Event.Kind.BUILD, DERIVATION);
            Thread.currentThread().interrupt();
            build.fail("interrupted while building", Optional.empty());
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(said()).isEqualTo("building hello-2.1\n");
    }

    @Test
    void writesOverItsLinesOnATerminalAndLeavesNone() {
        try (Progress progress = progress(new Screen(true, () -> 40))) {
            var download = new Activities(progress).start(Event.Kind.DOWNLOAD, "https://example.org/" + "x".repeat(60));
            download.progress(1024, OptionalLong.of(2048));
        }

        assertThat(said().lines().allMatch(line -> line.replaceAll("\033\\[.", "").length() <= 40)).isTrue();
        assertThat(said()).contains("…").endsWith("\033[A\r\033[J");
    }

    @Test
    void letsNoControlCharacterOfABuilderThrough() {
        try (Progress progress = progress(new Screen(true, () -> 80))) {
            var build = new Activities(progress).start(Event.Kind.BUILD, DERIVATION);
            build.note("a\033]0;title\007b");
        }

        assertThat(said()).contains("a\uFFFD]0;title\uFFFDb");
    }
}
