// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bridge.web.WebClient;
import dev.cairn.error.FormatException;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.StorePath;
import dev.cairn.signature.NixSecretKey;
import dev.cairn.testing.Nix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nix's own programs fetch what is published. */
class PublishToNixTest {
    @TempDir
    private Path folder = Path.of("/");

    private final NixSecretKey key = key();
    private PublishedStore store;
    private StorePath bottom;
    private StorePath top;

    private static NixSecretKey key() {
        try {
            return NixSecretKey.generate("cairn-test-1");
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void fill() throws Exception {
        store = PublishedStore.ofNix(Files.createDirectory(folder.resolve("published")));
        Path tree = Files.createDirectories(folder.resolve("tree/inner"));
        Files.writeString(tree.resolve("file"), "contents\n");
        byte[] noise = new byte[300_000];
        new Random(1).nextBytes(noise);
        Files.write(tree.resolve("noise"), noise);
        Files.createSymbolicLink(tree.resolve("link"), Path.of("file"));
        bottom = store.daemon.addTree("tree", folder.resolve("tree"), true, HashAlgorithm.SHA256);
        top = store.text("top", "see " + bottom, bottom);
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
    }

    private String address(PublishedStore.Server server) throws Exception {
        return "http://127.0.0.1:" + server.port();
    }

    private Nix nix(String name) throws Exception {
        return Nix.on(Files.createDirectories(folder.resolve(name)));
    }

    private Path physical(String name, StorePath item) {
        return folder.resolve(name + item);
    }

    @Test
    void copiesFromItInEveryCompression() throws Exception {
        for (String packing : new String[] {"gzip", "zstd", "lzip", "none"}) {
            PublishedStore.Server server =
                    store.publish(new PublishedStore.Options().pack(packing).nixKeys(key).withoutGuixKey());
            Nix nix = nix(packing);
            nix.run(
                    "nix", "copy", "--from", address(server), top.toString(), "--option", "trusted-public-keys",
                    key.publicKey().toString());
            assertThat(physical(packing, top)).hasContent("see " + bottom);
            assertThat(physical(packing, bottom).resolve("inner/link")).hasContent("contents\n");
            assertThat(nix.run("nix-store", "--query", "--references", top.toString()))
                    .containsExactly(bottom.toString());
            nix.run("nix-store", "--verify", "--check-contents");
        }
    }

    @Test
    void realisesFromItsCache() throws Exception {
        PublishedStore.Server server = store.publish(new PublishedStore.Options()
                .pack("zstd")
                .nixKeys(key)
                .cache(folder.resolve("cache"), 0, 2));
        for (StorePath item : new StorePath[] {bottom, top}) {
            assertThat(server.get("/" + item.hashPart() + ".narinfo").status()).isEqualTo(404);
        }
        server.settle();
        assertThat(folder.resolve("cache/zstd/" + top.baseName() + ".nar")).exists();
        String said = nixOn(
                "realised", "nix-store", "--store", "local?root=" + folder.resolve("realised"), "--realise",
                top.toString(), "--option", "substituters", address(server), "--option", "trusted-public-keys",
                key.publicKey().toString());
        assertThat(said).contains(top.toString());
        assertThat(physical("realised", bottom).resolve("inner/file")).hasContent("contents\n");
    }

    @Test
    void isToldWhatIsThere() throws Exception {
        PublishedStore.Server server = store.publish(new PublishedStore.Options().nixKeys(key));
        assertThat(nixOn(
                        "asking", "nix", "--extra-experimental-features", "nix-command", "path-info", "-r", "--store",
                        address(server), top.toString()))
                .contains(top.toString(), bottom.toString());
        assertThat(WebClient.ask(server.port(), "HEAD", "/" + top.hashPart() + ".narinfo").status()).isEqualTo(200);
        assertThat(WebClient.ask(server.port(), "HEAD", "/" + "0".repeat(32) + ".narinfo").status()).isEqualTo(404);
    }

    /** Runs a tool of Nix's that is told on its own which store is meant. @return all it says */
    private String nixOn(String name, String... command) throws Exception {
        Path home = Files.createDirectories(folder.resolve(name));
        Nix.on(home);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("said").toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("NIX_CONF_DIR", home.toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(home.resolve("said"))).isZero();
        return Files.readString(home.resolve("said"));
    }

    @Test
    void isRefusedWhatNobodyTrustedSigned() throws Exception {
        PublishedStore.Server server = store.publish(new PublishedStore.Options().withoutGuixKey());
        // Nobody needs to sign what is named by its contents.
        StorePath built = store.item("1".repeat(32) + "-built", new byte[] {1}, Optional.empty(), Optional.empty());
        nix("wary").run("nix", "copy", "--from", address(server), top.toString());
        assertThat(nix("wary").fail("nix", "copy", "--from", address(server), built.toString()))
                .contains("lacks a valid signature");
    }
}
