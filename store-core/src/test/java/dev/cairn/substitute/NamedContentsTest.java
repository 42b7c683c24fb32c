// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.fs.NarFiles;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.ContentAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedContentsTest {
    @TempDir
    private Path folder;

    @Test
    void readsNothingAgainWhoseHashIsKnown() throws Exception {
        Hash nar = Hash.sha256("an archive".getBytes(StandardCharsets.UTF_8));
        ContentAddress address = new ContentAddress(ContentAddress.Method.RECURSIVE, nar);
        assertThat(NamedContents.hash(address, folder.resolve("not there"), nar)).contains(nar);
    }

    @Test
    void computesWhatTheArchivesHashDoesNotTell() throws Exception {
        byte[] text = "text".getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("file"), text);
        Hash nar = NarFiles.summarise(file, HashAlgorithm.SHA256).hash();
        Hash other = NarFiles.summarise(file, HashAlgorithm.SHA512).hash();
        assertThat(NamedContents.hash(new ContentAddress(ContentAddress.Method.RECURSIVE, other), file, nar))
                .contains(other);
        ContentAddress flat = new ContentAddress(ContentAddress.Method.FLAT, Hash.sha256(text));
        assertThat(NamedContents.hash(flat, file, nar)).contains(Hash.sha256(text));
        assertThat(NamedContents.hash(flat, folder, nar)).isEmpty();
    }
}
