// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.bridge.wire.Activity;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.hash.Hash;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.signature.NixSecretKey;
import dev.cairn.signature.NixSignature;
import dev.cairn.testing.Namespaces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nix's dialect as clients of several versions speak it, in frames made by hand. */
class NixDialectTest {
    private static final int IS_VALID = 1;
    private static final int ADD = 7;
    private static final int ADD_TEXT = 8;
    private static final int BUILD = 9;
    private static final int SET_OPTIONS = 19;
    private static final int PATH_INFO = 26;
    private static final int VALID_PATHS = 31;
    private static final int BUILD_DERIVATION = 36;
    private static final int ADD_SIGNATURES = 37;
    private static final int ADD_ITEM = 39;
    private static final int MISSING = 40;
    private static final int OUTPUT_MAP = 41;
    private static final int REGISTER = 42;
    private static final int REALISATION = 43;
    private static final int ADD_ITEMS = 44;
    private static final int ADD_LOG = 45;
    private static final int BUILD_WITH_RESULTS = 46;

    @TempDir
    Path root;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.ofNix(root);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 16, 19, 24, 29, 32, 34, 35, 38})
    void speaksToClientsOfManyVersions(int minor) throws Exception {
        try (NixClient client = NixClient.greet(server, minor)) {
            assertThat(client.program).isEqualTo(minor >= 33 ? "test" : "");
            setOptions(client, minor);
            String item = addText(client, minor, "a text");
            client.request(IS_VALID).writeText(item);
            assertThat(client.reply().readBool()).isTrue();
            client.request(PATH_INFO).writeText(item);
            WireReader info = client.reply();
            if (minor >= 17) {
                assertThat(info.readBool()).isTrue();
            }
            assertThat(info.readText(100)).isEmpty();
            assertThat(info.readText(100)).hasSize(64);
            assertThat(info.readTexts()).isEmpty();
            info.readInt();
            assertThat(info.readLong()).isEqualTo(120);
            if (minor >= 16) {
                assertThat(info.readBool()).isFalse();
                assertThat(info.readTexts()).isEmpty();
                assertThat(info.readText(100)).startsWith("text:sha256:");
            }
            client.request(VALID_PATHS).writeTexts(List.of(item));
            if (minor >= 27) {
                client.out().writeInt(0);
            }
            assertThat(client.reply().readTexts()).containsExactly(item);
        }
    }

    @Test
    void refusesClientsThatAreTooOld() {
        assertThatThrownBy(() -> NixClient.greet(server, 9)).hasMessage("the Nix client version is too old");
    }

    @Test
    void tellsClientsOfGuixThatItIsNotTheirs() throws Exception {
        try (RawClient client = server.connect()) {
            assertThatThrownBy(client::greet).hasMessageContaining("Nix's dialect");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17})
    void tellsOldClientsOfMissingItemsByAnError(int minor) throws Exception {
        try (NixClient client = NixClient.greet(server, minor)) {
            client.request(PATH_INFO).writeText("/nix/store/" + "0".repeat(32) + "-nothing");
            if (minor >= 17) {
                assertThat(client.reply().readBool()).isFalse();
            } else {
                assertThatThrownBy(client::reply)
                        .hasMessage("path '/nix/store/" + "0".repeat(32) + "-nothing' is not valid");
            }
        }
    }

    @Test
    void goesOnAfterFramesThatAreRefused() throws Exception {
        try (NixClient client = NixClient.greet(server, 34)) {
            addRequest(client, "bad", "fixed:r:sha256");
            client.frames("this is no archive".repeat(1000).getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(client::reply).isInstanceOf(RawClient.Failure.class);
            addRequest(client, "bad", "text:rot13");
            client.frames(new byte[100_000]);
            assertThatThrownBy(client::reply).hasMessageContaining("text:rot13");
            addRequest(client, "bad name", "text:sha256");
            client.frames(new byte[10]);
            assertThatThrownBy(client::reply).isInstanceOf(RawClient.Failure.class);
            assertThat(addText(client, 34, "good")).startsWith("/nix/store/");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 5_000_000})
    void addsFilesByTheHashOfTheirContents(int size) throws Exception {
        byte[] contents = new byte[size];
        try (NixClient client = NixClient.greet(server, 34)) {
            addRequest(client, "flat", "fixed:sha256");
            WireReader reply = client.frames(contents).reply();
            String path = reply.readText(200);
            reply.readText(100);
            reply.readText(100);
            reply.readTexts();
            reply.readInt();
            reply.readLong();
            reply.readBool();
            reply.readTexts();
            assertThat(reply.readText(100))
                    .isEqualTo("fixed:sha256:" + Hash.sha256(contents).base32());
            assertThat(server.layout.physical(path)).hasBinaryContent(contents);
        }
    }

    @Test
    void takesItemsOnlyAsTheyAreSaidToBe() throws Exception {
        byte[] nar = nar("contents");
        StorePath path = StoreDirectory.NIX.item("a".repeat(32) + "-item");
        try (NixClient client = NixClient.greet(server, 34)) {
            item(client.request(ADD_ITEM), path, Hash.sha256(new byte[1]), nar.length, List.of(), "");
            addFlags(client);
            client.frames(nar);
            assertThatThrownBy(client::reply).hasMessageContaining("hash mismatch");
            item(client.request(ADD_ITEM), path, Hash.sha256(nar), nar.length, List.of(), "fixed:r:sha256:"
                    + Hash.sha256(nar).base32());
            addFlags(client);
            client.frames(nar);
            assertThatThrownBy(client::reply).hasMessageContaining("not named by its contents");
        }
        assertThat(server.layout.physical(path)).doesNotExist();
    }

    @Test
    void takesUnsignedItemsFromThoseItTrustsOnly() throws Exception {
        byte[] nar = nar("contents");
        StorePath path = StoreDirectory.NIX.item("a".repeat(32) + "-item");
        try (NixClient client = NixClient.greet(server, 34)) {
            item(client.request(ADD_ITEM), path, Hash.sha256(nar), nar.length, List.of(), "");
            client.out().writeInt(0);
            client.out().writeInt(0);
            client.frames(nar);
            assertThatThrownBy(client::reply).hasMessageContaining("lacks a signature by a trusted key");
            item(client.request(ADD_ITEM), path, Hash.sha256(nar), nar.length, List.of(), "");
            addFlags(client);
            client.frames(nar);
            if (isTrusted()) {
                client.reply();
                assertThat(server.layout.physical(path)).hasContent("contents");
            } else {
                assertThatThrownBy(client::reply).hasMessageContaining("lacks a signature by a trusted key");
            }
        }
    }

    @Test
    void takesItemsThatATrustedKeySigned() throws Exception {
        NixSecretKey key = NixSecretKey.generate("test-1");
        Files.createDirectories(server.layout.configuration());
        Files.writeString(
                server.layout.configuration().resolve("nix.conf"), "trusted-public-keys = " + key.publicKey() + "\n");
        byte[] nar = nar("contents");
        StorePath path = StoreDirectory.NIX.item("a".repeat(32) + "-item");
        StorePath other = StoreDirectory.NIX.item("b".repeat(32) + "-other");
        try (NixClient client = NixClient.greet(server, 34)) {
            ByteArrayOutputStream items = new ByteArrayOutputStream();
            WireWriter out = new WireWriter(items);
            out.writeLong(2);
            for (StorePath one : List.of(path, other)) {
                byte[] text = NixSignature.fingerprint(one, Hash.sha256(nar), nar.length, List.of());
                item(out, one, Hash.sha256(nar), nar.length, List.of(key.sign(text).toString()), "");
                out.writeRaw(nar, 0, nar.length);
            }
            out.flush();
            client.request(ADD_ITEMS).writeInt(0);
            client.out().writeInt(0);
            client.frames(items.toByteArray()).reply();
            client.request(ADD_SIGNATURES).writeText(path.toString());
            client.out().writeTexts(List.of("other-1:AAAA"));
            if (!isTrusted()) {
                assertThatThrownBy(client::reply).hasMessageContaining("not privileged to add signatures");
                return;
            }
            assertThat(client.reply().readInt()).isEqualTo(1);
            client.request(PATH_INFO).writeText(path.toString());
            WireReader info = client.reply();
            info.readBool();
            info.readText(100);
            info.readText(100);
            info.readTexts();
            info.readInt();
            info.readLong();
            info.readBool();
            assertThat(info.readTexts()).hasSize(2).contains("other-1:AAAA");
        }
    }

    @Test
    void buildsAndTellsOfIt() throws Exception {
        Namespaces.assumeUsable();
        NamedDerivation good = derivation("good", "echo a line; echo made > $out");
        NamedDerivation bad = derivation("bad", "echo sorry; exit 3");
        try (NixClient client = NixClient.greet(server, 34)) {
            setOptions(client, 34);
            String file = addDerivation(client, good);
            String failing = addDerivation(client, bad);
            String unknown = "/nix/store/" + "0".repeat(32) + "-unknown";
            client.request(MISSING).writeTexts(List.of(file + "!out", unknown));
            WireReader missing = client.reply();
            assertThat(missing.readTexts()).containsExactly(file);
            assertThat(missing.readTexts()).isEmpty();
            assertThat(missing.readTexts()).containsExactly(unknown);
            missing.readLong();
            missing.readLong();
            client.request(OUTPUT_MAP).writeText(file);
            assertThat(client.reply().readPairs()).containsEntry("out", good.output("out").toString());

            client.request(BUILD_WITH_RESULTS).writeTexts(List.of(file + "!*", failing + "!out", unknown));
            client.out().writeInt(0);
            WireReader results = client.reply();
            assertThat(client.activities)
                    .anyMatch(activity -> activity instanceof Activity.Started started
                            && started.type() == 105
                            && started.fields().getFirst().equals(new Activity.Field.Text(failing)))
                    .anyMatch(activity -> activity instanceof Activity.Told told
                            && told.type() == 101
                            && told.fields().equals(List.of(new Activity.Field.Text("sorry"))))
                    .anyMatch(Activity.Stopped.class::isInstance);
            assertThat(results.readInt()).isEqualTo(3);
            assertThat(results.readText(200)).isEqualTo(file + "!*");
            assertThat(results.readInt()).isZero();
            assertThat(results.readText(10_000)).isEmpty();
            skipTimes(results);
            assertThat(results.readPairs()).hasSize(1);
            assertThat(results.readText(200)).isEqualTo(failing + "!out");
            assertThat(results.readInt()).isEqualTo(3);
            assertThat(results.readText(10_000)).contains("exit code 3").contains("> sorry");
            skipTimes(results);
            assertThat(results.readPairs()).isEmpty();
            assertThat(results.readText(200)).isEqualTo(unknown);
            assertThat(results.readInt()).isEqualTo(14);
            results.readText(10_000);
            skipTimes(results);
            assertThat(results.readPairs()).isEmpty();

            client.request(BUILD).writeTexts(List.of(file + "!out"));
            client.out().writeInt(0);
            assertThat(client.reply().readInt()).isEqualTo(1);
            assertThat(server.layout.physical(good.output("out"))).hasContent("made");
        }
        try (NixClient old = NixClient.greet(server, 19)) {
            // To old clients a derivation means its outputs, and lines are texts.
            NamedDerivation third = derivation("third", "echo old; echo made > $out");
            setOptions(old, 19);
            String file = addDerivation(old, third);
            old.request(BUILD).writeTexts(List.of(file));
            old.out().writeInt(0);
            assertThat(old.reply().readInt()).isEqualTo(1);
            assertThat(old.texts).contains("old\n");
            assertThat(server.layout.physical(third.output("out"))).exists();
        }
    }

    @Test
    void buildsDerivationsThatComeWithTheRequest() throws Exception {
        Namespaces.assumeUsable();
        Namespaces.assumeRoot();
        NamedDerivation given = derivation("given", "echo made > $out");
        try (NixClient client = NixClient.greet(server, 34)) {
            client.request(BUILD_DERIVATION).writeText(given.path().toString());
            WireWriter out = client.out();
            out.writeInt(1);
            out.writeText("out");
            out.writeText(given.output("out").toString());
            out.writeText("");
            out.writeText("");
            out.writeTexts(List.of());
            out.writeText(given.derivation().system());
            out.writeText(given.derivation().builder());
            out.writeTexts(given.derivation().arguments());
            out.writePairs(given.derivation().environment().entrySet());
            out.writeInt(0);
            WireReader result = client.reply();
            assertThat(result.readInt()).isZero();
            assertThat(result.readText(1000)).isEmpty();
            skipTimes(result);
            assertThat(result.readPairs()).hasSize(1);
            assertThat(server.layout.physical(given.output("out"))).hasContent("made");

            client.request(ADD_LOG).writeText(given.path().baseName());
            client.frames("from elsewhere".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.reply().readInt()).isEqualTo(1);
        }
    }

    @Test
    void knowsNoOutputsThatAreNamedByTheirContents() throws Exception {
        try (NixClient client = NixClient.greet(server, 34)) {
            client.request(REALISATION).writeText("sha256:" + "0".repeat(64) + "!out");
            assertThat(client.reply().readInt()).isZero();
            client.request(REGISTER).writeText("{}");
            assertThatThrownBy(client::reply).hasMessageContaining("not supported");
        }
    }

    /** Whether the server trusts who runs the test. */
    private static boolean isTrusted() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private static void skipTimes(WireReader in) throws IOException {
        in.readInt();
        in.readBool();
        in.readLong();
        in.readLong();
    }

    private NamedDerivation derivation(String name, String script) throws Exception {
        DerivationHasher<IOException> hasher = new DerivationHasher<>(StoreDirectory.NIX, path -> {
            throw new IOException("no input is wanted");
        });
        return new DerivationBuilder(name, "x86_64-linux", "/bin/sh")
                .argument("-c")
                .argument(script)
                .variable("hostTools", "1")
                .build(hasher);
    }

    private static String addDerivation(NixClient client, NamedDerivation derivation) throws IOException {
        client.request(ADD_TEXT).writeText(derivation.path().name());
        client.out().writeBytes(derivation.text());
        client.out().writeTexts(List.of());
        return client.reply().readText(200);
    }

    private static void addRequest(NixClient client, String name, String method) throws IOException {
        client.request(ADD).writeText(name);
        client.out().writeText(method);
        client.out().writeTexts(List.of());
        client.out().writeInt(0);
    }

    private static String addText(NixClient client, int minor, String text) throws IOException {
        if (minor >= 25) {
            addRequest(client, "text", "text:sha256");
            WireReader reply = client.frames(text.getBytes(StandardCharsets.UTF_8)).reply();
            String path = reply.readText(200);
            reply.readText(200);
            reply.readText(200);
            reply.readTexts();
            reply.readInt();
            reply.readLong();
            reply.readBool();
            reply.readTexts();
            reply.readText(200);
            return path;
        }
        client.request(ADD_TEXT).writeText("text");
        client.out().writeText(text);
        client.out().writeTexts(List.of());
        return client.reply().readText(200);
    }

    private static void setOptions(NixClient client, int minor) throws IOException {
        WireWriter out = client.request(SET_OPTIONS);
        for (long field : new long[] {0, 1, 0, 3, 1, 0, 1, 0, 0, 0, 0, 0}) {
            out.writeInt(field);
        }
        if (minor >= 12) {
            out.writePairs(List.of());
        }
        client.reply();
    }

    private static byte[] nar(String contents) throws IOException {
        ByteArrayOutputStream nar = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(nar);
        writer.regular(false, contents.getBytes(StandardCharsets.UTF_8));
        writer.finish();
        return nar.toByteArray();
    }

    private static void item(
            WireWriter out, StorePath path, Hash hash, long size, List<String> signatures, String address)
            throws IOException {
        out.writeText(path.toString());
        out.writeText("");
        out.writeText(hash.hex());
        out.writeTexts(List.of());
        out.writeInt(0);
        out.writeLong(size);
        out.writeInt(0);
        out.writeTexts(signatures);
        out.writeText(address);
    }

    /** Nothing is to be repaired, and no signature is to be looked at. */
    private static void addFlags(NixClient client) throws IOException {
        client.out().writeInt(0);
        client.out().writeInt(1);
    }
}
