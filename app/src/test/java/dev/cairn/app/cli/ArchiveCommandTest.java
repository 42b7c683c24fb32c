// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Choices;
import dev.cairn.app.Workspace;
import dev.cairn.daemon.Daemon;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.layout.StoreLayout;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.signature.PublicKey;
import dev.cairn.store.LocalStore;
import dev.cairn.trust.KeyFiles;
import dev.cairn.trust.KeyNames;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class ArchiveCommandTest {
    @TempDir
    private Path folder = Path.of("/");

    private String said = "";

    @Test
    void carriesItemsFromOneStoreToAnother() throws Exception {
        StorePath bottom;
        StorePath top;
        try (Daemon daemon = LocalStore.open(new StoreLayout(StoreDirectory.GNU, folder.resolve("a")))) {
            bottom = daemon.addText("bottom", new byte[] {1}, List.of());
            top = daemon.addText("a-top", new byte[] {2}, List.of(bottom));
        }
        assertThat(run("a", new byte[0], ExitCode.FAILURE, "archive", "--export", top.toString())).isEmpty();
        assertThat(said).contains("no signing key").contains("--generate-key");
        run("a", new byte[0], ExitCode.OK, "archive", "--generate-key");
        run("a", new byte[0], ExitCode.FAILURE, "archive", "--generate-key");
        assertThat(said).contains("exists already");

        byte[] archive = run("a", new byte[0], ExitCode.OK, "archive", "--export", "-r", top.toString());
        byte[] alone = run("a", new byte[0], ExitCode.OK, "archive", "--export", top.toString());
        assertThat(alone.length).isLessThan(archive.length);
        assertThat(run(
                        "a", new byte[0], ExitCode.OK, "archive", "--export", top.toString(), bottom.toString()))
                .as("the order of arguments is not that of the archive")
                .isEqualTo(archive);

        run("b", archive, ExitCode.FAILURE, "archive", "--import");
        assertThat(said).contains("not authorised").contains("(public-key");
        byte[] key = Files.readAllBytes(folder.resolve("a/etc/guix/signing-key.pub"));
        run("b", key, ExitCode.OK, "archive", "--authorize");
        String both = bottom + "\n" + top + "\n";
        assertThat(missing("b", both)).isEqualTo(both);
        run("b", alone, ExitCode.FAILURE, "archive", "--import");
        assertThat(said).contains(bottom.toString());
        assertThat(run("b", archive, ExitCode.OK, "archive", "--import")).asString().isEqualTo(both);
        assertThat(missing("b", both)).isEmpty();
    }

    @Test
    void authorisesNothingButPublicKeys() throws Exception {
        for (String text : List.of("", "(private-key (ecc))", "key", "(public-key", "cache-1:AAAA", "a b:AAAA")) {
            run("a", text.getBytes(StandardCharsets.US_ASCII), ExitCode.FAILURE, "archive", "--authorize");
            assertThat(said).as(text).contains("this is no public key", "'cairn archive --authorize < signing-key.pub'");
        }
        assertThat(folder.resolve("a/etc/guix/acl")).doesNotExist();
    }

    @Test
    void authorisesKeysOfNixsCaches() throws Exception {
        String key = "cache.example.org-1:vYi4MOoeuABqDhg4jaMWmhSPuClOi3cqhsXjOUBBaSQ=";
        run("a", (key + "\n").getBytes(StandardCharsets.US_ASCII), ExitCode.OK, "archive", "--authorize");
        assertThat(new KeyFiles(folder.resolve("a/etc/guix")).nixKeys())
                .extracting(Object::toString)
                .containsExactly(key);
    }

    @Test
    void listsWhoIsAuthorised() throws Exception {
        assertThat(run("a", new byte[0], ExitCode.OK, "archive", "--list-authorized")).isEmpty();
        assertThat(said).contains("no key is authorised");
        assertThat(run("a", new byte[0], ExitCode.OK, "archive", "--list-authorized", "--json"))
                .asString()
                .isEqualToIgnoringWhitespace("[]");
        String nix = "cache.example.org-1:vYi4MOoeuABqDhg4jaMWmhSPuClOi3cqhsXjOUBBaSQ=";
        run("a", (nix + "\n").getBytes(StandardCharsets.US_ASCII), ExitCode.OK, "archive", "--authorize");
        run("a", new byte[0], ExitCode.OK, "archive", "--generate-key");
        PublicKey own = new KeyFiles(folder.resolve("a/etc/guix")).publicKey().orElseThrow();
        run("b", new byte[0], ExitCode.OK, "archive", "--generate-key");
        byte[] other = Files.readAllBytes(folder.resolve("b/etc/guix/signing-key.pub"));
        run("a", other, ExitCode.OK, "archive", "--authorize");
        String fingerprint = PublicKey.read(other).fingerprint();
        KeyNames.of(new StoreLayout(StoreDirectory.GNU, folder.resolve("a"))).name(fingerprint, "B's store");
        String[] lines = new String(
                        run("a", new byte[0], ExitCode.OK, "archive", "--list-authorized"), StandardCharsets.UTF_8)
                .split("\n");
        assertThat(lines).hasSize(3);
        assertThat(lines[0]).matches(fingerprint + "\tguix *\tB's store *\t");
        assertThat(lines[1]).matches(own.fingerprint() + "\tguix *\tthis store's own *\t");
        assertThat(lines[2]).matches("[0-9A-F]{64}\tnix *\tcache.example.org-1 *\t");
        JsonNode json = new ObjectMapper()
                .readTree(run("a", new byte[0], ExitCode.OK, "archive", "--list-authorized", "--json"));
        assertThat(json).hasSize(3);
        assertThat(json.get(0).get("name").asString()).isEqualTo("B's store");
        assertThat(PublicKey.read(json.get(0).get("key").asString().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(PublicKey.read(other));
        assertThat(json.get(1).get("own").asBoolean()).isTrue();
        assertThat(json.get(2).get("kind").asString()).isEqualTo("nix");
        assertThat(json.get(2).get("servers")).isEmpty();
        run("a", new byte[0], ExitCode.USAGE, "archive", "--missing", "--json");
    }

    @Test
    void listsAndExtractsSingleArchives() throws Exception {
        ByteArrayOutputStream nar = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(nar);
        writer.directoryStart();
        writer.entry("bin");
        writer.directoryStart();
        writer.entry("hello");
        writer.regular(true, new byte[100]);
        writer.directoryEnd();
        writer.entry("link");
        writer.symlink("bin");
        writer.directoryEnd();
        writer.finish();
        byte[] octets = nar.toByteArray();
        assertThat(run("a", octets, ExitCode.OK, "archive", "-t")).asString()
                .isEqualTo("D \nD /bin\nx /bin/hello" + " ".repeat(50) + "        100 B\nS /link -> bin\n");
        String target = folder.resolve("out").toString();
        run("a", octets, ExitCode.OK, "archive", "-x", target);
        assertThat(folder.resolve("out/link/hello")).isExecutable().hasSize(100);
        run("a", octets, ExitCode.FAILURE, "archive", "-x", target);
        assertThat(said).contains("exists");
        octets[octets.length - 20] = 'x';
        run("a", octets, ExitCode.FAILURE, "archive", "-x", target + "2");
        assertThat(folder.resolve("out2")).doesNotExist();
    }

    @Test
    void isUsedForOneThingAtATime() throws Exception {
        run("a", new byte[0], ExitCode.USAGE, "archive");
        run("a", new byte[0], ExitCode.USAGE, "archive", "--import", "--export");
        run("a", new byte[0], ExitCode.USAGE, "archive", "--import", "item");
    }

    @Test
    void endsQuietlyWhenNobodyReadsTheArchive() throws Exception {
        StorePath item;
        Path source = Files.write(folder.resolve("large"), new byte[1 << 20]);
        try (Daemon daemon = LocalStore.open(new StoreLayout(StoreDirectory.GNU, folder.resolve("a")))) {
            item = daemon.addTree("large", source, true, HashAlgorithm.SHA256);
        }
        run("a", new byte[0], ExitCode.OK, "archive", "--generate-key");
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertThat(run("a", new byte[0], closed, "archive", "--export", item.toString()))
                .isEqualTo(ExitCode.BROKEN_PIPE);
        assertThat(said).isEmpty();
    }

    private String missing(String store, String names) {
        return new String(
                run(store, names.getBytes(StandardCharsets.US_ASCII), ExitCode.OK, "archive", "--missing"),
                StandardCharsets.US_ASCII);
    }

    private byte[] run(String store, byte[] in, int code, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(run(store, in, out, arguments)).as(said).isEqualTo(code);
        return out.toByteArray();
    }

    private int run(String store, byte[] in, OutputStream out, String... arguments) {
        Map<String, String> environment = Map.of(
                "HOME", folder.toString(), "USER", "tester", "CAIRN_STORE_ROOT", folder.resolve(store).toString());
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = CommandLineProgram.on(
                        environment,
                        new ByteArrayInputStream(in),
                        out,
                        err,
                        (Choices choices) -> Workspace.of(environment, choices))
                .run(arguments);
        said = err.toString(StandardCharsets.UTF_8);
        return code;
    }
}
