// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cairn.app.fake.FakeProfile;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.SubstituteUrls;
import dev.cairn.hash.Hash;
import dev.cairn.http.Proxies;
import dev.cairn.layout.Places;
import dev.cairn.layout.StoreLayout;
import dev.cairn.narinfo.Claim;
import dev.cairn.narinfo.Compression;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.NarinfoWriter;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.scheme.Datum;
import dev.cairn.scheme.SchemePrinter;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.SexpReader;
import dev.cairn.substitute.LastSigners;
import dev.cairn.trust.TrustException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTrustTest {
    private static final String NIX = "cache.example.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=";

    @TempDir
    Path root;

    private final AtomicInteger changes = new AtomicInteger();
    private StoreLayout layout;
    private StoreTrust trust;

    @BeforeEach
    void prepare() {
        layout = new StoreLayout(StoreDirectory.GNU, root);
        trust = trust(layout, Optional.empty());
    }

    private StoreTrust trust(StoreLayout of, Optional<String> daemon) {
        return new StoreTrust(
                of, daemon, new LastSigners(of)::of, new ServerQuestions(Proxies.NONE), changes::incrementAndGet);
    }

    @Test
    void beginsWithNothing() throws Exception {
        TrustSnapshot snapshot = trust.read();
        assertThat(snapshot.access()).isEqualTo(new TrustSnapshot.Access.Writable());
        assertThat(snapshot.keys().orElseThrow()).isEmpty();
        assertThat(snapshot.own()).isEmpty();
        assertThat(snapshot.servers().orElseThrow()).isEmpty();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void believesAndRevokesKeysOfBothKinds() throws Exception {
        SignerKey guix = FakeTrust.newKey();
        SignerKey nix = SignerKey.parse(NIX);
        trust.believe(guix, "The farm");
        trust.believe(nix, " ");
        assertThat(trust.read().keys().orElseThrow())
                .extracting(TrustSnapshot.Believed::key, TrustSnapshot.Believed::name)
                .containsExactly(tuple(guix, "The farm"), tuple(nix, "cache.example.org-1"));
        Path list = root.resolve("etc/guix/acl");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(list))).isEqualTo("rw-------");
        trust.revoke(guix);
        trust.revoke(nix);
        assertThat(trust.read().keys().orElseThrow()).isEmpty();
        trust.believe(guix, "");
        assertThat(trust.read().keys().orElseThrow().getFirst().name()).as("its name is kept").isEqualTo("The farm");
    }

    @Test
    void makesAKeyOfItsOwnOnceAndBelievesIt() throws Exception {
        trust.makeOwnKey();
        TrustSnapshot snapshot = trust.read();
        assertThat(snapshot.keys().orElseThrow()).singleElement().satisfies(believed -> {
            assertThat(believed.own()).isTrue();
            assertThat(Optional.of(believed.key())).isEqualTo(snapshot.own());
        });
        assertThatThrownBy(trust::makeOwnKey).isInstanceOf(TrustException.KeyExists.class);
    }

    @Test
    void saysWhichFileIsDamaged() throws Exception {
        Files.createDirectories(layout.configuration());
        Files.writeString(layout.configuration().resolve("acl"), "(acl (entry))");
        assertThatThrownBy(trust::read).isInstanceOf(TrustException.Unusable.class).hasMessageContaining("acl");
    }

    @Test
    void keepsServersInOrder() throws Exception {
        Path file = root.resolve("etc/cairn/substitutes");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "# ours\nhttp://a.example.org # near\n\nhttp://b.example.org\n");
        assertThat(servers()).containsExactly("http://a.example.org", "http://b.example.org");
        trust.setServers(List.of("http://b.example.org", "file:///srv/c"));
        assertThat(servers()).containsExactly("http://b.example.org", "file:///srv/c");
        assertThat(new SubstituteUrls(layout).file()).isEqualTo(file);
        assertThat(changes).hasValue(1);
    }

    private List<String> servers() throws Exception {
        return trust.read().servers().orElseThrow();
    }

    @Test
    void knowsWhichKeySignedWhatAServerWasLastAskedFor() throws Exception {
        SecretKey secret = SecretKey.generate(SexpReader.read(SecretKey.DEFAULT_PARAMETERS));
        SignerKey key = new SignerKey.Guix(secret.publicKey());
        trust.believe(key, "The farm");
        trust.believe(FakeTrust.newKey(), "Somebody else");
        trust.setServers(List.of("https://farm.example.org?priority=7"));
        StorePath item = FakeProfile.item("hello-2.12");
        Claim claim = new Claim(
                item, Hash.sha256("nar".getBytes(StandardCharsets.UTF_8)), 120, List.of(item), Optional.empty());
        byte[] narinfo = NarinfoWriter.guix(
                claim, "farm.example.org", secret,
                List.of(NarChoice.published("", Compression.NONE, item, OptionalLong.of(120))));
        // The folder is the address's hash, as tools with base32 and sha256sum have it.
        Path folder = layout.state()
                .resolve("substitute/cache/cva6izqegyb7cuvx5hwifyoefq4sjj7gc646yd57ox6nrlvtcaca");
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve(item.hashPart()),
                SchemePrinter.print(Datum.list(
                        Datum.symbol("narinfo"),
                        Datum.list(Datum.symbol("version"), Datum.whole(2)),
                        Datum.list(Datum.symbol("cache-uri"), Datum.text("https://farm.example.org")),
                        Datum.list(
                                Datum.symbol("value"),
                                Datum.text(new String(narinfo, StandardCharsets.ISO_8859_1))))));
        Files.writeString(folder.resolve("damaged"), "(narinfo");
        assertThat(trust.read().keys().orElseThrow())
                .extracting(TrustSnapshot.Believed::name, TrustSnapshot.Believed::servers)
                .containsExactly(
                        tuple("Somebody else", List.of()),
                        tuple("The farm", List.of("https://farm.example.org?priority=7")));
    }

    @Test
    void addsServersWithTheirKeysOrNothing() throws Exception {
        SignerKey known = FakeTrust.newKey();
        SignerKey fresh = FakeTrust.newKey();
        List<TrustActions.NewServer> farms = List.of(
                new TrustActions.NewServer("https://a.example.org", known, "a"),
                new TrustActions.NewServer("https://b.example.org", fresh, "b"));
        StoreTrust failing = new StoreTrust(
                layout, Optional.empty(), (_, _) -> Map.of(), new ServerQuestions(Proxies.NONE), () -> {
                    throw new DaemonException.Refused("not now", Optional.empty());
                });
        assertThatThrownBy(() -> failing.addServers(farms)).hasMessage("not now");
        assertThat(trust.read().keys().orElseThrow()).isEmpty();
        assertThat(servers()).isEmpty();
        assertThat(root.resolve("etc/guix/acl")).as("as if nobody had ever been believed").doesNotExist();

        trust.believe(known, "mine");
        trust.setServers(List.of("http://own.example.org", "https://a.example.org"));
        assertThatThrownBy(() -> failing.addServers(farms)).hasMessage("not now");
        assertThat(trust.read().keys().orElseThrow())
                .extracting(TrustSnapshot.Believed::key, TrustSnapshot.Believed::name)
                .containsExactly(tuple(known, "mine"));
        assertThat(servers()).containsExactly("http://own.example.org", "https://a.example.org");
        trust.believe(fresh, "");
        assertThat(trust.read().keys().orElseThrow().getFirst().name()).as("its name went, too").isEmpty();
        trust.revoke(fresh);

        trust.addServers(farms);
        assertThat(servers())
                .containsExactly("http://own.example.org", "https://a.example.org", "https://b.example.org");
        assertThat(trust.read().keys().orElseThrow())
                .extracting(TrustSnapshot.Believed::name)
                .containsExactly("b", "mine");
    }

    @Test
    void addsNoServerASecondTime() throws Exception {
        trust.setServers(List.of("https://a.example.org/?priority=7"));
        trust.addServers(List.of(new TrustActions.NewServer("https://a.example.org", FakeTrust.newKey(), "a")));
        assertThat(servers()).containsExactly("https://a.example.org/?priority=7");
    }

    @Test
    void onlyLooksAtWhatADaemonBelieves() throws Exception {
        SignerKey key = FakeTrust.newKey();
        trust.believe(key, "");
        StoreTrust daemons = trust(layout, Optional.of("/var/guix/socket"));
        assertThat(daemons.read().keys().orElseThrow()).extracting(TrustSnapshot.Believed::key).containsExactly(key);
        assertThat(daemons.read().servers()).isEmpty();
        assertThat(daemons.read().access())
                .isInstanceOfSatisfying(TrustSnapshot.Access.ReadOnly.class, locked -> assertThat(locked.why())
                        .contains("/var/guix/socket").contains("--authorize"));
        assertThatThrownBy(() -> daemons.revoke(key)).isInstanceOf(DaemonException.Refused.class);
        assertThat(trust.read().keys().orElseThrow()).hasSize(1);
    }

    @Test
    void looksAtWhomANixDaemonBelieves() throws Exception {
        StoreLayout nix = new StoreLayout(StoreDirectory.NIX, root, Places.NIX);
        Files.createDirectories(nix.configuration());
        Files.writeString(nix.configuration().resolve("nix.conf"), "trusted-public-keys = " + NIX + "\n");
        TrustSnapshot snapshot = trust(nix, Optional.of("/nix/socket")).read();
        assertThat(snapshot.keys().orElseThrow()).extracting(TrustSnapshot.Believed::name)
                .containsExactly("cache.example.org-1");
        assertThat(((TrustSnapshot.Access.ReadOnly) snapshot.access()).why()).contains("trusted-public-keys");
    }

    @Test
    void asksServers() throws Exception {
        SignerKey key = FakeTrust.newKey();
        Map<String, String> files = Map.of(
                "/guix/nix-cache-info", "StoreDir: /gnu/store\nWantMassQuery: 1\n",
                "/guix/signing-key.pub", key.text(),
                "/nix/nix-cache-info", "StoreDir: /nix/store\n",
                "/page/nix-cache-info", "<html>",
                "/page/signing-key.pub", "<html>");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, files));
        server.start();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(trust.ask(base + "/guix").usable()).isTrue();
            assertThat(trust.keyOf(base + "/guix")).isEqualTo(key);
            assertThat(trust.ask(base + "/guix/?priority=3").usable()).isTrue();
            assertThat(trust.keyOf(base + "/guix?priority=3")).isEqualTo(key);
            assertThatThrownBy(() -> trust.ask(base + "/guix?x=y")).isInstanceOf(DaemonException.Refused.class);
            assertThat(trust.ask(base + "/nix")).isEqualTo(new TrustActions.ServerAnswer(false, "/nix/store"));
            assertThatThrownBy(() -> trust.keyOf(base + "/nix")).hasMessageContaining("does not tell its key");
            assertThatThrownBy(() -> trust.ask(base + "/none")).hasMessageContaining("no server of substitutes");
            assertThatThrownBy(() -> trust.ask(base + "/page")).hasMessageContaining("no server of substitutes");
            assertThatThrownBy(() -> trust.keyOf(base + "/page")).isInstanceOf(TrustProblem.class);
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, Map<String, String> files) throws IOException {
        try (exchange) {
            String text = files.get(exchange.getRequestURI().getPath());
            byte[] octets = (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(text == null ? 404 : 200, octets.length == 0 ? -1 : octets.length);
            exchange.getResponseBody().write(octets);
        }
    }

    @Test
    void asksAServerThatIsAFolder() throws Exception {
        Path cache = Files.createDirectories(root.resolve("cache"));
        String url = "file://" + cache;
        assertThatThrownBy(() -> trust.ask(url)).hasMessageContaining("no server of substitutes");
        Files.writeString(cache.resolve("nix-cache-info"), "StoreDir: /gnu/store\n");
        assertThat(trust.ask(url).usable()).isTrue();
        assertThat(root.resolve("etc")).doesNotExist();
    }

    @Test
    void readsAKeysFileAndSaysWhyNot() throws Exception {
        Path file = root.resolve("key.pub");
        Files.writeString(file, "text");
        assertThat(trust.readFile(file)).isEqualTo("text");
        assertThatThrownBy(() -> trust.readFile(root.resolve("none")))
                .isInstanceOf(DaemonException.class)
                .hasMessageContaining("does not exist");
    }
}
