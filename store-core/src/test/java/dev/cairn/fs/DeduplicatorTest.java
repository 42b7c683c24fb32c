// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of links were observed with guix-daemon (store-layout.json, dedup_links). */
class DeduplicatorTest {
    @TempDir
    Path store;

    private Path links;
    private Deduplicator deduplicator;

    @BeforeEach
    void makeLinksFolder() throws Exception {
        links = Files.createDirectory(store.resolve(".links"));
        deduplicator = new Deduplicator(store, new LargeFiles(store, links.resolveSibling("large")));
    }

    @ParameterizedTest
    @CsvSource({
        "9000, false, 1i68rzm9gnvdi2fzx2c6fpsc12rzl9rpi0s8n8ify4n8hn29ph7b",
        "9000, true, 1gi6w7mhwi7j41p0286ahqcgl9vcxhr66g90wad7b0bm5qmbvl16",
        "8192, false, 1b8r8plrjzf5l2dhxbs5n4l2dy9fl7yj5lvwl3ilpjxp3pv4lnlc",
    })
    void namesLinksAfterTheArchiveOfTheFile(int size, boolean executable, String name) throws Exception {
        item("one", size, executable);
        assertThat(FileTrees.entries(links)).containsExactly(links.resolve(name));
    }

    @Test
    void leavesSmallFilesAlone() throws Exception {
        item("one", 8191, false);
        assertThat(links).isEmptyDirectory();
    }

    @Test
    void leavesFilesAloneThatTheOwnerCanWrite() throws Exception {
        Path file = Files.write(store.resolve("file"), new byte[9000]);
        assertThat(deduplicator.deduplicate(file)).isEqualTo(Deduplicator.Saving.NONE);
        assertThat(links).isEmptyDirectory();
    }

    @Test
    void makesEqualFilesOneAndKeepsTheirDirectoryCanonical() throws Exception {
        Path one = item("one", 9000, false);
        Path two = tree("two", 9000);
        assertThat(deduplicator.deduplicate(two)).isEqualTo(new Deduplicator.Saving(9000, 1));
        assertThat(deduplicator.deduplicate(two)).isEqualTo(Deduplicator.Saving.NONE);
        assertThat(Files.isSameFile(one, two.resolve("file"))).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(two))).isEqualTo("r-xr-xr-x");
        assertThat(Files.getLastModifiedTime(two)).isEqualTo(CanonicalMetadata.MTIME);
        assertThat(FileTrees.entries(store)).hasSize(3);
        assertThat((Integer) Files.getAttribute(one, "unix:nlink", LinkOption.NOFOLLOW_LINKS)).isEqualTo(3);
    }

    @Test
    void leavesFilesUnreadThatItKnowsToBeLinked() throws Exception {
        Path one = item("one", 9000, false);
        Deduplicator knowing = deduplicator.knowingWhatIsLinked();
        // Under another name it would be found to be the same file; its link is gone, so that it would get a new one.
        Files.delete(FileTrees.entries(links).getFirst());
        assertThat(knowing.deduplicate(one)).isEqualTo(Deduplicator.Saving.NONE);
        assertThat(links).isEmptyDirectory();
    }

    @Test
    void replacesADamagedLink() throws Exception {
        Path one = item("one", 9000, false);
        Path link = FileTrees.entries(links).getFirst();
        Files.delete(link);
        Files.write(link, new byte[10]);
        Path two = item("two", 9000, false);
        assertThat(Files.isSameFile(two, link)).isTrue();
        assertThat(Files.isSameFile(one, two)).isFalse();
    }

    private Path item(String name, int size, boolean executable) throws Exception {
        Path file = Files.write(store.resolve(name), new byte[size]);
        if (executable) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        CanonicalMetadata.apply(file);
        deduplicator.deduplicate(file);
        return file;
    }

    private Path tree(String name, int size) throws Exception {
        Path directory = Files.createDirectory(store.resolve(name));
        Files.write(directory.resolve("file"), new byte[size]);
        CanonicalMetadata.apply(directory);
        return directory;
    }
}
