// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DesktopEntryTest {
    private static final String HEAD = "[Desktop Entry]\nType=Application\nExec=x\n";

    @Test
    void keepsTheEntryAndTheActionsItNames() {
        DesktopEntry entry = parse("""
                # Comment.
                [Desktop Entry]
                Type = Application
                Name=X
                Name[de]=Ix
                Exec=x %U
                Actions=new;gone;

                [Desktop Action new]
                Name=New
                Exec=x --new

                [Desktop Action other]
                Exec=y

                [X-Whatever]
                Exec=z
                """)
                .orElseThrow();
        assertThat(entry.groups()).containsExactly("Desktop Entry", "Desktop Action new");
        entry.remove("Name");
        assertThat(entry.print()).isEqualTo("""
                [Desktop Entry]
                Type=Application
                Exec=x %U
                Actions=new;gone;

                [Desktop Action new]
                Name=New
                Exec=x --new
                """);
        entry.removeAction("Desktop Action new");
        assertThat(entry.get("Actions")).isEmpty();
    }

    @Test
    void countsTheFirstOfTwo() {
        DesktopEntry entry = parse(HEAD + "Exec=y\n[Desktop Entry]\nExec=z\n").orElseThrow();
        assertThat(entry.get("Exec")).contains("x");
    }

    @Test
    void undoesAndMakesEscapes() {
        assertThat(DesktopEntry.unescape("a\\sb\\nc\\td\\\\e\\q\\")).isEqualTo("a b\nc\td\\e\\q\\");
        assertThat(DesktopEntry.unescape(DesktopEntry.escape("a\\nb"))).isEqualTo("a\\nb");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "x=y\n", "[Other]\nA=b\n" + HEAD, "[Desktop Entry]\nType=Link\nExec=x\n",
        "[Desktop Entry]\nType=Application\n", HEAD + "Name=a\u0007b\n", HEAD + "Name=a\rb\n", HEAD + "Name=\u0000\n"
    })
    void refusesWhatIsNoSoundEntryOfAProgram(String text) {
        assertThat(parse(text)).isEmpty();
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThat(DesktopEntry.parse((HEAD + "Name=\u00e9\n").getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
    }

    private static Optional<DesktopEntry> parse(String text) {
        return DesktopEntry.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
