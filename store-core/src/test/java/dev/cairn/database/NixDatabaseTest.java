// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.Provenance;
import dev.cairn.hash.Hash;
import dev.cairn.layout.Places;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.testing.Nix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases of Nix's kind, written by either and read by the other. */
class NixDatabaseTest {
    @TempDir
    Path root;

    private StoreLayout layout;

    @BeforeEach
    void layOut() {
        layout = new StoreLayout(StoreDirectory.NIX, root, Places.NIX);
    }

    @Test
    void keepsWhyItemsMayBeTrusted() throws Exception {
        Provenance signed =
                new Provenance(true, List.of("one:AAAA", "two:BBBB"), Optional.of("fixed:r:sha256:" + "0".repeat(52)));
        try (StoreDatabase database = open()) {
            StorePath item = StoreDirectory.NIX.item("a".repeat(32) + "-signed");
            database.register(List.of(info(item).with(signed)), Map.of());
            assertThat(database.pathInfo(item).orElseThrow().provenance()).isEqualTo(signed);
        }
        assertThat(layout.database().resolve("schema")).hasContent("10");
    }

    @Test
    void isReadByNix() throws Exception {
        StorePath one = StoreDirectory.NIX.item("a".repeat(32) + "-one");
        StorePath two = StoreDirectory.NIX.item("b".repeat(32) + "-two");
        Nix nix = Nix.on(root);
        Files.createDirectories(layout.physicalStore());
        try (StoreDatabase database = open()) {
            PathInfo referrer = new PathInfo(
                    two,
                    Hash.sha256(new byte[] {1}),
                    456,
                    new TreeSet<>(List.of(one, two)),
                    Optional.empty(),
                    Instant.ofEpochSecond(1000));
            database.register(List.of(info(one), referrer), Map.of());
        }
        assertThat(nix.run("nix-store", "--query", "--references", two.toString()))
                .containsExactlyInAnyOrder(one.toString(), two.toString());
        assertThat(nix.run("nix-store", "--query", "--referrers-closure", one.toString()))
                .containsExactlyInAnyOrder(one.toString(), two.toString());
        assertThat(nix.run("nix-store", "--query", "--size", two.toString())).containsExactly("456");
        try (StoreDatabase database = open()) {
            assertThat(database.allPaths()).containsExactly(one, two);
        }
    }

    @Test
    void readsWhatNixWrote() throws Exception {
        Nix nix = Nix.on(root);
        Path file = Files.writeString(root.resolve("file"), "contents\n");
        StorePath item = StoreDirectory.NIX.parse(
                nix.run("nix-store", "--add", file.toString()).getFirst());
        try (StoreDatabase database = open()) {
            PathInfo info = database.pathInfo(item).orElseThrow();
            assertThat(info.provenance().contentAddress())
                    .hasValueSatisfying(address -> assertThat(address).startsWith("fixed:r:sha256:"));
            assertThat(nix.run("nix-store", "--query", "--hash", item.toString()))
                    .containsExactly("sha256:" + info.narHash().base32());
        }
    }

    private StoreDatabase open() throws Exception {
        return StoreDatabase.open(
                layout.database(), layout.storeDirectory(), layout.places().schema());
    }

    private static PathInfo info(StorePath path) throws Exception {
        return new PathInfo(
                path,
                Hash.sha256(new byte[0]),
                123,
                new TreeSet<>(),
                Optional.empty(),
                Instant.ofEpochSecond(1000));
    }
}
