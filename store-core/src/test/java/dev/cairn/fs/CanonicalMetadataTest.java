// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of modes were observed with guix-daemon (store-layout.json, canonicalisation_after_a_build). */
class CanonicalMetadataTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"0640,0444", "0700,0555", "04755,0555", "0611,0444", "0077,0444", "0666,0444", "0444,0444", "0555,0555"})
    void givesFilesOneOfTwoModes(String before, String after) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        Files.setAttribute(file, "unix:mode", Integer.parseInt(before, 8));
        CanonicalMetadata.apply(file);
        assertThat(mode(file)).isEqualTo(Integer.parseInt(after, 8));
    }

    @ParameterizedTest
    @CsvSource({"0700,0555", "01755,0555", "02700,0555", "0444,0444", "0644,0444"})
    void givesDirectoriesOneOfTwoModesAndReachesTheirEntries(String before, String after) throws Exception {
        Path directory = Files.createDirectory(folder.resolve("directory"));
        Path file = Files.writeString(directory.resolve("file"), "x");
        Files.setAttribute(directory, "unix:mode", Integer.parseInt(before, 8));
        CanonicalMetadata.apply(directory);
        assertThat(mode(directory)).isEqualTo(Integer.parseInt(after, 8));
        FileTrees.makeWritable(directory);
        assertThat(mode(file)).isEqualTo(0444);
    }

    @Test
    void setsTheTimeOfFilesDirectoriesAndLinksThemselves() throws Exception {
        Path target = Files.writeString(folder.resolve("target"), "outside the item");
        FileTime before = Files.getLastModifiedTime(target);
        Path item = Files.createDirectory(folder.resolve("item"));
        Files.writeString(item.resolve("file"), "x");
        Files.createSymbolicLink(item.resolve("link"), target);
        Files.createSymbolicLink(item.resolve("dangling"), Path.of("nowhere"));
        CanonicalMetadata.apply(item);
        for (String name : new String[] {"", "file", "link", "dangling"}) {
            assertThat(Files.getLastModifiedTime(item.resolve(name), LinkOption.NOFOLLOW_LINKS))
                    .isEqualTo(FileTime.fromMillis(1000));
        }
        assertThat(Files.getLastModifiedTime(target)).isEqualTo(before);
    }

    @Test
    void refusesWhatIsNoFileDirectoryOrLink() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertThatThrownBy(() -> CanonicalMetadata.apply(folder))
                .hasMessageContaining("pipe")
                .hasMessageContaining("only regular files");
    }

    private static int mode(Path path) throws Exception {
        return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
    }
}
