// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideFolderTest {
    @TempDir
    private Path folder;

    private Path inside;
    private Path outside;

    @BeforeEach
    void remember() throws Exception {
        inside = Files.createDirectory(folder.resolve("inside"));
        outside = Files.createDirectories(folder.resolve("outside/top")).getParent();
        OutsideFolder.remember(inside, outside);
    }

    @Test
    void isDeletedFromWhereItIsRemembered() throws Exception {
        OutsideFolder.delete(inside);
        assertThat(outside).doesNotExist();
        OutsideFolder.delete(inside);
        OutsideFolder.delete(folder.resolve("absent"));
    }

    @Test
    void isLeftWhereAnotherOneHasItsNameNow() throws Exception {
        Files.move(outside, folder.resolve("kept"));
        Files.createDirectory(outside);
        OutsideFolder.delete(inside);
        assertThat(outside).exists();
        assertThat(folder.resolve("kept")).exists();
    }
}
