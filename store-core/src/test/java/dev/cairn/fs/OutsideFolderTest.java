// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
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
    void create() throws Exception {
        inside = Files.createDirectory(folder.resolve("inside"));
        outside = folder.resolve("outside");
        OutsideFolder.create(inside, outside);
        Files.createDirectory(outside.resolve("top"));
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

    @Test
    void isNotMadeWhereSomethingHasItsName() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        assertThatThrownBy(() -> OutsideFolder.create(inside, other)).isInstanceOf(FileAlreadyExistsException.class);
        OutsideFolder.delete(inside);
        assertThat(other).exists();
    }

    @Test
    void isDeletedWhenItWasOnlyJustMadeAndNotYetRemembered() throws Exception {
        Path killed = Files.createDirectory(folder.resolve("killed"));
        Path fresh = Files.createDirectory(folder.resolve("fresh"));
        Files.createSymbolicLink(killed.resolve("intended"), fresh);
        OutsideFolder.delete(killed);
        assertThat(fresh).doesNotExist();
    }

    @Test
    void isLeftWhenItWasOnlyIntendedAndAnotherOneIsInUse() throws Exception {
        Path killed = Files.createDirectory(folder.resolve("killed"));
        Files.createSymbolicLink(killed.resolve("intended"), outside);
        OutsideFolder.delete(killed);
        assertThat(outside.resolve("top")).exists();
    }
}
