// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.compression.Decompressor;
import dev.cairn.fs.NarFiles;
import dev.cairn.hash.Hash;
import dev.cairn.nar.NarReader;
import dev.cairn.narinfo.Claim;
import dev.cairn.narinfo.Compression;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.narinfo.NarinfoReader;
import dev.cairn.path.StoreDirectory;
import dev.cairn.testing.SharedData;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishes again what {@code guix publish} published: the same has to come out. */
class RepublishedCacheTest {
    @TempDir
    private Path folder = Path.of("/");

    @Test
    void saysTheSameOfTheSameItems() throws Exception {
        Path cache = SharedData.require("data/guix-cache");
        List<Path> files;
        try (Stream<Path> all = Files.list(cache)) {
            files = all.filter(file -> file.toString().endsWith(Narinfo.SUFFIX)).toList();
        }
        assertThat(files).hasSizeGreaterThan(20);
        try (PublishedStore store = PublishedStore.ofGuix(Files.createDirectory(folder.resolve("root")))) {
            List<Claim> claims = new ArrayList<>();
            for (Path file : files) {
                Narinfo narinfo = NarinfoReader.read(Files.readAllBytes(file), StoreDirectory.GNU);
                unpack(cache, narinfo, store.layout.physical(narinfo.path()));
                claims.add(narinfo.claim());
            }
            store.register(claims);
            PublishedStore.Server server = store.publish(new PublishedStore.Options().pack("zstd", "lzip", "gzip"));
            for (Path file : files) {
                Narinfo theirs = NarinfoReader.read(Files.readAllBytes(file), StoreDirectory.GNU);
                Narinfo ours = NarinfoReader.read(
                        server.get("/" + theirs.path().hashPart() + Narinfo.SUFFIX).body(), theirs.path());
                assertThat(signed(ours)).isEqualTo(signed(theirs));
                assertThat(ours.nars()).extracting(NarChoice::url).isEqualTo(
                        theirs.nars().stream().map(NarChoice::url).toList());
                byte[] nar = server.get("/" + ours.nars().getFirst().url()).body();
                try (InputStream in =
                        new Decompressor(new ByteArrayInputStream(nar), Compression.ZSTD, ours.claim().narSize())) {
                    assertThat(Hash.sha256(in.readAllBytes())).isEqualTo(theirs.claim().narHash());
                }
            }
        }
    }

    private static String signed(Narinfo narinfo) {
        return narinfo.text().substring(0, narinfo.signatures().signedLength());
    }

    private static void unpack(Path cache, Narinfo narinfo, Path to) throws Exception {
        Files.createDirectories(to.getParent());
        NarChoice gzip = narinfo.nars().getLast();
        try (InputStream in = new BufferedInputStream(new Decompressor(
                Files.newInputStream(cache.resolve(gzip.url())), gzip.compression(), narinfo.claim().narSize()))) {
            new NarReader(in).read(NarFiles.restore(to));
        }
    }
}
