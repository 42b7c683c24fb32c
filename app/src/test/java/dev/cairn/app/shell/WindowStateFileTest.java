// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowStateFileTest {
    @TempDir
    private Path folder;

    @Test
    void readsBackWhatItWrote() {
        WindowState state = new WindowState(1000, 700, true, Theme.DARK, SectionId.TIMELINE, true, 300);
        file().write(state);
        assertThat(file().read()).isEqualTo(state);
    }

    @Test
    void startsAfreshWhereThereIsNoFile() {
        assertThat(file().read()).isEqualTo(WindowState.INITIAL);
    }

    @Test
    void startsAfreshFromADamagedFile() throws Exception {
        for (String damaged : new String[] {"", "{\"width\": 1", "[]", "{\"width\": \"wide\"}", "\0\0"}) {
            Files.writeString(folder.resolve("window.json"), damaged);
            assertThat(file().read()).as(damaged).isEqualTo(WindowState.INITIAL);
        }
    }

    @Test
    void keepsTheWindowUsableWhateverTheFileSays() throws Exception {
        Files.writeString(
                folder.resolve("window.json"), "{\"width\": -5, \"height\": 1e300, \"section\": \"nowhere\"}");
        WindowState state = file().read();
        assertThat(state.width()).isEqualTo(WindowState.MIN_WIDTH);
        assertThat(state.height()).isLessThan(100_000);
        assertThat(state.section()).isEqualTo(SectionId.PACKAGES);
    }

    @Test
    void isBelowTheFolderForState() {
        WindowStateFile.of(Map.of("XDG_STATE_HOME", folder.toString())).write(WindowState.INITIAL);
        assertThat(folder.resolve("cairn/window.json")).isRegularFile();
    }

    @Test
    void doesNotFailWhereItCannotWrite() throws Exception {
        Path occupied = Files.writeString(folder.resolve("occupied"), "");
        new WindowStateFile(occupied.resolve("window.json")).write(WindowState.INITIAL);
        assertThat(occupied).isEmptyFile();
    }

    private WindowStateFile file() {
        return new WindowStateFile(folder.resolve("window.json"));
    }
}
