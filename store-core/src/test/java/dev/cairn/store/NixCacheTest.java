// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.event.EventSink;
import dev.cairn.hash.Hash;
import dev.cairn.layout.Places;
import dev.cairn.layout.StoreLayout;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.testing.CacheServer;
import dev.cairn.testing.Nix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetching from binary caches that Nix wrote and signed. */
class NixCacheTest {
    @TempDir
    Path folder;

    private StorePath base;
    private StorePath top;

    @ParameterizedTest
    @ValueSource(strings = {"xz", "zstd", "bzip2", "gzip", "none"})
    void takesWhatNixCompressed(String compression) throws Exception {
        Path cache = written(compression);
        StoreLayout layout = store("target");
        trust(layout);
        try (Daemon daemon = LocalStore.open(layout)) {
            configure(daemon, "file://" + cache);
            daemon.ensure(List.of(top), BuildOptions.DEFAULT, EventSink.NONE);
            assertThat(daemon.requisites(List.of(top)).stream().map(PathInfo::path)).containsExactly(base, top);
            assertThat(daemon.physical(top)).hasContent("refers to " + base);
            assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
            assertThat(daemon.pathInfo(top).orElseThrow().provenance().signatures())
                    .as("kept, so that others can be told")
                    .anyMatch(signature -> signature.startsWith("test-key:"));
        }
        Nix.on(layout.root())
                .run("nix", "store", "verify", top.toString(), "--trusted-public-keys", publicKey());
    }

    @Test
    void takesNothingOfWhoIsNotTrusted() throws Exception {
        Path cache = written("zstd");
        StoreLayout layout = store("target");
        try (CacheServer server = CacheServer.serving(cache);
                Daemon daemon = LocalStore.open(layout)) {
            configure(daemon, server.url());
            server.when(top.hashPart(), reply -> reply.edited(text -> text.replace("NarSize: ", "NarSize: 1")));
            assertThatThrownBy(() -> daemon.ensure(List.of(top), BuildOptions.DEFAULT, EventSink.NONE))
                    .isInstanceOf(DaemonException.NotSubstituted.class)
                    .hasMessageContaining(server.url());
            trust(layout);
            assertThatThrownBy(() -> daemon.ensure(List.of(top), BuildOptions.DEFAULT, EventSink.NONE))
                    .isInstanceOf(DaemonException.NotSubstituted.class);
            assertThat(daemon.allPaths()).doesNotContain(top);
        }
    }

    private static void configure(Daemon daemon, String url) throws DaemonException {
        daemon.configure(
                StoreSettings.DEFAULT.change().substituteUrls(List.of(url)).build());
    }

    private StoreLayout store(String name) {
        return new StoreLayout(StoreDirectory.NIX, folder.resolve(name), Places.NIX);
    }

    private void trust(StoreLayout layout) throws Exception {
        Files.createDirectories(layout.configuration());
        Files.writeString(
                layout.configuration().resolve("nix.conf"), "trusted-public-keys = " + publicKey() + "\n");
    }

    private String publicKey() throws Exception {
        return Files.readString(folder.resolve("key.pub")).strip();
    }

    /** Two items that somebody built, one of which refers to the other, copied by Nix. @return the cache */
    private Path written(String compression) throws Exception {
        StoreLayout origin = store("origin");
        try (Daemon daemon = LocalStore.open(origin)) {
            base = add(daemon, "base", "nothing special ".repeat(10_000), List.of());
            top = add(daemon, "top", "refers to " + base, List.of(base));
        }
        Nix nix = Nix.on(origin.root());
        nix.run(
                "nix-store",
                "--generate-binary-cache-key",
                "test-key",
                folder.resolve("key.sec").toString(),
                folder.resolve("key.pub").toString());
        Path cache = folder.resolve("cache");
        String target = "file://" + cache + "?compression=" + compression + "&secret-key=" + folder.resolve("key.sec");
        nix.run("nix", "copy", "--to", target, top.toString());
        return cache;
    }

    private static StorePath add(Daemon daemon, String name, String text, List<StorePath> references)
            throws Exception {
        ByteArrayOutputStream nar = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(nar);
        writer.regular(false, text.getBytes(StandardCharsets.UTF_8));
        writer.finish();
        StorePath path = StoreDirectory.NIX.item(
                Hash.sha256(name.getBytes(StandardCharsets.UTF_8)).base32().substring(0, 32) + "-" + name);
        daemon.addItem(
                new PathInfo(
                        path,
                        Hash.sha256(nar.toByteArray()),
                        nar.size(),
                        new TreeSet<>(references),
                        Optional.empty(),
                        Instant.ofEpochSecond(1_700_000_000)),
                new ByteArrayInputStream(nar.toByteArray()),
                false);
        return path;
    }
}
