// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.daemon.DaemonException;
import dev.cairn.event.Event;
import dev.cairn.hash.Hash;
import dev.cairn.http.Patience;
import dev.cairn.http.Proxies;
import dev.cairn.layout.StoreLayout;
import dev.cairn.narinfo.Claim;
import dev.cairn.narinfo.Compression;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.NarinfoWriter;
import dev.cairn.narinfo.Voucher;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.signature.AccessList;
import dev.cairn.signature.NixPublicKey;
import dev.cairn.signature.PublicKey;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.SexpReader;
import dev.cairn.signature.TrustedKeys;
import dev.cairn.substitute.SubstituteServers.Extent;
import dev.cairn.testing.CacheServer;
import dev.cairn.testing.CacheServer.End;
import dev.cairn.testing.CacheServer.Reply;
import dev.cairn.testing.Golden;
import dev.cairn.testing.SharedData;
import dev.cairn.trust.KeyFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Looking items up, at servers that behave and servers that do not. */
class SubstituteServersTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String INFO = "StoreDir: /gnu/store\nWantMassQuery: 0\nPriority: 100\n";

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<SubstituteNetwork> networks = new ArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final SecretKey key = newKey();
    private final SecretKey strange = newKey();
    private TrustedKeys trusted = new TrustedKeys(new AccessList(List.of(key.publicKey())), List.of());
    private Instant now = Instant.now();
    private Duration time = LONG;
    private StoreLayout layout;
    private Path first;
    private Path second;
    private CacheServer one;
    private CacheServer two;

    @BeforeEach
    void serve() throws Exception {
        layout = new StoreLayout(StoreDirectory.GNU, folder.resolve("root"));
        first = cache("first");
        second = cache("second");
        one = serving(first);
        two = serving(second);
    }

    @AfterEach
    void end() throws Exception {
        closeNetworks();
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private void closeNetworks() {
        networks.forEach(SubstituteNetwork::close);
        networks.clear();
    }

    private Path cache(String name) throws Exception {
        Path cache = Files.createDirectories(folder.resolve(name));
        Files.writeString(cache.resolve("nix-cache-info"), INFO);
        return cache;
    }

    private CacheServer serving(Path cache) throws Exception {
        CacheServer server = CacheServer.serving(cache);
        open.add(server);
        return server;
    }

    private SubstituteServers servers(String... urls) throws DaemonException {
        return servers(layout, urls);
    }

    private SubstituteServers servers(StoreLayout store, String... urls) throws DaemonException {
        Patience patience = new Patience(time, time, time, 2, Duration.ofMillis(10));
        SubstituteNetwork network = new SubstituteNetwork(store, () -> trusted, Proxies.NONE, patience, () -> now);
        networks.add(network);
        return network.servers(Arrays.asList(urls));
    }

    private static SecretKey newKey() {
        try {
            byte[] parameters = SecretKey.DEFAULT_PARAMETERS.getBytes(StandardCharsets.US_ASCII);
            return SecretKey.generate(SexpReader.read(parameters));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static StorePath item(int number) throws Exception {
        return StoreDirectory.GNU.item(Hash.sha256(new byte[] {(byte) number, (byte) (number >> 8)})
                        .base32()
                        .substring(0, 32)
                + "-item-" + number);
    }

    private static List<StorePath> items(int number) throws Exception {
        List<StorePath> items = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            items.add(item(i));
        }
        return items;
    }

    private static Claim claim(StorePath path) {
        return new Claim(path, Hash.sha256(path.toString().getBytes(StandardCharsets.US_ASCII)), 1000, List.of(path),
                Optional.empty());
    }

    private static void put(Path cache, StorePath path, byte[] narinfo) throws Exception {
        Files.write(cache.resolve(path.hashPart() + ".narinfo"), narinfo);
    }

    private void offer(Path cache, SecretKey by, Collection<StorePath> paths) throws Exception {
        for (StorePath path : paths) {
            NarChoice gzip = NarChoice.published("nar", Compression.GZIP, path, OptionalLong.of(300));
            NarChoice zstd = NarChoice.published("nar", Compression.ZSTD, path, OptionalLong.of(310));
            put(cache, path, NarinfoWriter.guix(claim(path), "host", by, List.of(gzip, zstd)));
        }
    }

    private SortedMap<StorePath, Findings> lookUp(SubstituteServers servers, Collection<StorePath> paths)
            throws DaemonException {
        return servers.lookUp(paths, Extent.FIRST, this::note);
    }

    private Findings lookUp(SubstituteServers servers, StorePath path) throws DaemonException {
        return lookUp(servers, List.of(path)).get(path);
    }

    private void note(Event event) {
        if (event instanceof Event.Note(long _, String text)) {
            notes.add(text);
        }
    }

    private static void checkServed(Findings findings, CacheServer by) {
        assertThat(findings.offers()).as(findings.objections().toString()).isNotEmpty();
        assertThat(findings.offers().getFirst().server().url()).isEqualTo(by.url());
    }

    private String reason(Findings findings) {
        assertThat(findings.offers()).isEmpty();
        return findings.objections().getFirst().reason();
    }

    @Test
    void findsHundredsOfItemsAtOnce() throws Exception {
        List<StorePath> items = items(300);
        offer(first, key, items);
        one.latency(Duration.ofMillis(50));
        SortedMap<StorePath, Findings> found = lookUp(servers(one.url()), items);
        assertThat(found).hasSize(300);
        found.values().forEach(findings -> checkServed(findings, one));
        assertThat(one.connections()).isLessThanOrEqualTo(8);
        assertThat(one.requests()).hasSize(300);
        Offer offer = found.get(items.getFirst()).offers().getFirst();
        assertThat(offer.claim()).isEqualTo(claim(items.getFirst()));
        assertThat(offer.voucher()).isEqualTo(new Voucher.GuixKey(key.publicKey()));
        assertThat(offer.nars()).extracting(NarChoice::compression).contains(Compression.GZIP, Compression.ZSTD);
    }

    @Test
    void givesCandidatesTheBestOfEachServerFirst() throws Exception {
        StorePath item = item(1);
        offer(first, key, List.of(item));
        SubstituteServers servers = servers(one.url());
        List<Candidate> candidates =
                servers.find(List.of(item), this::note).get(item).candidates();
        // No network lies in between here, where the smallest is not the quickest.
        assertThat(candidates).extracting(Candidate::compression).containsExactly(Compression.ZSTD, Compression.GZIP);
        assertThat(candidates.getFirst().address()).hasToString(one.url() + "/nar/zstd/" + item.baseName());
        assertThat(candidates.getFirst().references()).containsExactly(item);
        assertThat(SubstituteServer.parse("https://far.example").preference().sort(
                        lookUp(servers, item).offers().getFirst().nars()))
                .extracting(NarChoice::compression)
                .containsExactly(Compression.GZIP, Compression.ZSTD);
    }

    @Test
    void asksLaterServersForWhatIsMissing() throws Exception {
        List<StorePath> items = items(4);
        offer(first, key, items.subList(0, 2));
        offer(second, key, items);
        SortedMap<StorePath, Findings> found = lookUp(servers(one.url(), two.url()), items);
        checkServed(found.get(items.get(0)), one);
        checkServed(found.get(items.get(3)), two);
        assertThat(two.requests()).hasSize(2);
        SortedMap<StorePath, Findings> all =
                servers(one.url(), two.url()).lookUp(items, Extent.ALL, this::note);
        assertThat(all.get(items.get(0)).offers()).hasSize(2);
    }

    @Test
    void asksByPriority() throws Exception {
        offer(first, key, items(1));
        offer(second, key, items(1));
        checkServed(lookUp(servers(one.url(), two.url() + "?priority=10"), item(0)), two);
    }

    @Test
    void remembersWhatServersSaid() throws Exception {
        offer(first, key, items(2));
        SubstituteServers servers = servers(one.url());
        lookUp(servers, items(3));
        assertThat(one.requests()).hasSize(3);
        lookUp(servers, items(3));
        closeNetworks();
        SortedMap<StorePath, Findings> later = lookUp(servers(one.url()), items(3));
        assertThat(one.requests()).hasSize(3);
        checkServed(later.get(item(1)), one);
        assertThat(reason(later.get(item(2)))).isEqualTo("it does not have it");
        now = now.plus(Duration.ofMinutes(3));
        lookUp(servers(one.url()), items(3));
        assertThat(one.requests()).as("that it does not have something counts for two minutes").hasSize(4);
        now = now.plus(Duration.ofHours(36));
        lookUp(servers(one.url()), items(3));
        assertThat(one.requests()).hasSize(7);
    }

    @Test
    void remembersForAsLongAsTheServerSays() throws Exception {
        offer(first, key, items(1));
        one.when("narinfo", reply -> reply.with("Cache-Control", "public, max-age=600"));
        SubstituteServers servers = servers(one.url());
        lookUp(servers, items(2));
        now = now.plusSeconds(590);
        lookUp(servers, items(2));
        assertThat(one.requests()).hasSize(2);
        now = now.plusSeconds(20);
        lookUp(servers, items(2));
        assertThat(one.requests()).hasSize(4);
    }

    @Test
    void believesAnotherKeyAsSoonAsItIsAuthorised() throws Exception {
        offer(first, strange, items(1));
        SubstituteServers servers = servers(one.url());
        Findings before = lookUp(servers, item(0));
        assertThat(before.offers()).isEmpty();
        Objection objection = before.objections().getFirst();
        assertThat(objection.unknownKey()).contains(strange.publicKey());
        assertThat(objection.reason()).contains(strange.publicKey().fingerprint());
        assertThat(objection.hint().orElseThrow())
                .contains("cairn archive --authorize")
                .contains(one.url() + "/signing-key.pub");
        assertThat(notes).containsExactly(objection.toString());
        trusted = new TrustedKeys(trusted.guix().with(strange.publicKey()), List.of());
        checkServed(lookUp(servers, item(0)), one);
        assertThat(one.requests()).hasSize(1);
    }

    @Test
    void downloadsFromWhoSaysTheSameAsWhoIsBelieved() throws Exception {
        offer(first, strange, items(2));
        offer(second, key, items(1));
        Findings found = lookUp(servers(one.url(), two.url()), item(0));
        assertThat(found.offers()).extracting(offer -> offer.server().url()).containsExactly(one.url(), two.url());
        assertThat(found.offers().getFirst().voucher()).isEqualTo(new Voucher.GuixKey(key.publicKey()));
        one.when("narinfo", reply -> reply.edited(text -> text.replaceFirst("(?m)^Signature: .*\n", "")));
        assertThat(lookUp(servers(one.url(), two.url()), item(0)).offers()).hasSize(2);
        one.behave();
        put(first, item(0), NarinfoWriter.guix(
                new Claim(item(0), Hash.sha256(new byte[0]), 1000, List.of(item(0)), Optional.empty()),
                "host", strange, List.of(NarChoice.published("nar", Compression.GZIP, item(0), OptionalLong.empty()))));
        now = now.plus(Duration.ofDays(3));
        Findings other = lookUp(servers(one.url(), two.url()), item(0));
        assertThat(other.offers()).extracting(offer -> offer.server().url()).containsExactly(two.url());
        assertThat(other.objections()).hasSize(1);
    }

    @Test
    void passesOverLiesOfEveryKindForTheNextServer() throws Exception {
        StorePath item = item(0);
        offer(first, key, List.of(item));
        offer(second, key, List.of(item));
        List<UnaryOperator<String>> lies = List.of(
                text -> text.replaceFirst("(?m)^StorePath: .*$", "StorePath: " + path(1)),
                text -> text.replaceFirst("(?m)^NarHash: .*$", "NarHash: sha256:" + "0".repeat(52)),
                text -> text.replaceFirst("(?m)^NarSize: .*$", "NarSize: 999"),
                text -> text.replaceFirst("(?m)^References: .*$", "References: "),
                text -> text.replaceFirst("(?m)^Signature:", "Deriver: " + "0".repeat(32) + "-a.drv\nSignature:"),
                text -> text.replaceFirst("(?m)^Signature: 1;", "Signature: 2;"),
                text -> text.replaceFirst("(?m)^(Signature: 1;host;).*$", "$1AAAA"),
                text -> text.replaceFirst("(?m)^URL: .*$", "URL: file:///etc/passwd")
                        .replaceFirst("(?m)^URL: nar.*$", "URL: gopher://x/y"),
                text -> text.replaceAll("(?m)^Compression: .*$", "Compression: br"),
                text -> text.replaceFirst("(?m)^FileSize: .*$", "FileSize: -1"),
                text -> text.replace("\n", "\r\n"),
                text -> "<!DOCTYPE html><html><body>Please log in</body></html>",
                text -> "",
                text -> text + "x".repeat(2 << 20));
        for (UnaryOperator<String> lie : lies) {
            now = now.plus(Duration.ofDays(3));
            one.behave().when("narinfo", reply -> reply.edited(lie));
            Offers.Found found = servers(one.url(), two.url()).find(List.of(item), this::note).get(item);
            assertThat(found.candidates()).as(found.reasons().toString()).isNotEmpty();
            assertThat(found.candidates()).allMatch(candidate -> candidate.server().equals(two.url()));
            assertThat(found.reasons()).isNotEmpty().allMatch(reason -> reason.startsWith(one.url() + ": "));
        }
    }

    private static StorePath path(int number) {
        try {
            return item(number);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void passesOverServersInTrouble() throws Exception {
        List<StorePath> items = items(30);
        offer(first, key, items);
        offer(second, key, items);
        List<UnaryOperator<Reply>> troubles = List.of(
                reply -> Reply.of(500, "oops"),
                reply -> Reply.of(403, "no"),
                reply -> Reply.of(202, "baking"),
                reply -> Reply.of(302, "").with("Location", "/elsewhere"),
                reply -> reply.ending(End.CUT, 100),
                reply -> reply.ending(End.RESET, 10));
        for (UnaryOperator<Reply> trouble : troubles) {
            now = now.plus(Duration.ofDays(3));
            one.behave().forget();
            one.when("narinfo", trouble);
            SortedMap<StorePath, Findings> found = lookUp(servers(one.url(), two.url()), items);
            found.values().forEach(findings -> {
                checkServed(findings, two);
                assertThat(findings.objections()).hasSize(1);
            });
        }
    }

    @Test
    void passesOverAServerThatIsSlow() throws Exception {
        time = Duration.ofSeconds(3);
        offer(second, key, items(30));
        one.when("narinfo", reply -> reply.ending(End.STALL, 10));
        SubstituteServers servers = servers(one.url(), two.url());
        lookUp(servers, items(30)).values().forEach(findings -> checkServed(findings, two));
        assertThat(notes).containsExactly(one.url() + " is passed over: no answer within 3 s");
    }

    @Test
    void doesNotAskAServerThatIsDownAgainAndAgain() throws Exception {
        one.close();
        offer(second, key, items(50));
        SubstituteServers servers = servers(one.url(), two.url());
        for (StorePath item : items(50)) {
            checkServed(lookUp(servers, item), two);
        }
        assertThat(notes).hasSize(1);
        assertThat(notes.getFirst()).startsWith(one.url() + " is passed over: no connection");
    }

    @Test
    void waitsForAMomentWhereAServerAsksForIt() throws Exception {
        offer(first, key, items(3));
        one.when(request -> one.requests().size() <= 3, reply -> Reply.of(429, "").with("Retry-After", "0"));
        lookUp(servers(one.url()), items(3)).values().forEach(findings -> checkServed(findings, one));
        now = now.plus(Duration.ofDays(3));
        one.behave().when("narinfo", reply -> Reply.of(429, "").with("Retry-After", "120"));
        SubstituteServers servers = servers(one.url());
        assertThat(reason(lookUp(servers, item(0)))).isEqualTo("it wants to be asked less often");
        one.behave().forget();
        now = now.plusSeconds(110);
        lookUp(servers, items(3));
        assertThat(one.requests()).isEmpty();
        now = now.plusSeconds(20);
        checkServed(lookUp(servers, item(0)), one);
    }

    @Test
    void saysThatACacheIsForAnotherStore() throws Exception {
        Files.writeString(first.resolve("nix-cache-info"), "StoreDir: /nix/store\n");
        SubstituteServers servers = servers(one.url());
        assertThat(reason(lookUp(servers, item(0))))
                .isEqualTo("its items are for the store /nix/store, not for /gnu/store");
        assertThat(notes).hasSize(1);
        one.forget();
        lookUp(servers, items(9));
        assertThat(one.requests()).isEmpty();
        Files.writeString(first.resolve("nix-cache-info"), INFO);
        now = now.plus(Duration.ofMinutes(61));
        assertThat(reason(lookUp(servers, item(0)))).isEqualTo("it does not have it");
    }

    @Test
    void looksAgainAfterAnHourWhetherAnAddressIsThatOfACache() throws Exception {
        Path info = first.resolve("nix-cache-info");
        Files.delete(info);
        SubstituteServers servers = servers(one.url(), "file://" + first);
        Findings findings = lookUp(servers, item(0));
        assertThat(findings.objections()).extracting(Objection::reason).allMatch(why -> why.contains("look like"));
        Files.writeString(info, INFO);
        now = now.plus(Duration.ofMinutes(59));
        assertThat(reason(lookUp(servers, item(0)))).as("it was looked at lately").contains("look like");
        now = now.plus(Duration.ofMinutes(2));
        assertThat(lookUp(servers, item(0)).objections())
                .extracting(Objection::reason)
                .containsOnly("it does not have it");
    }

    @Test
    void looksAgainSoonWhereAServerDidNotSayWhetherItIsACache() throws Exception {
        one.when("nix-cache-info", _ -> Reply.of(503, ""));
        SubstituteServers servers = servers(one.url());
        assertThat(reason(lookUp(servers, item(0)))).isEqualTo("it does not have it");
        Files.delete(first.resolve("nix-cache-info"));
        one.behave();
        assertThat(reason(lookUp(servers, item(1)))).contains("does not look like");
    }

    @Test
    void saysThatAnAddressIsNotThatOfACache() throws Exception {
        Files.delete(first.resolve("nix-cache-info"));
        assertThat(reason(lookUp(servers(one.url()), item(0)))).contains("does not look like a server of substitutes");
        assertThat(notes).hasSize(1);
        String nowhere = folder.resolve("nowhere").toUri().toString();
        assertThat(reason(lookUp(servers(nowhere), item(0)))).isEqualTo("there is no such folder");
        assertThatThrownBy(() -> servers("cache.example"))
                .isInstanceOf(DaemonException.Refused.class)
                .hasMessageContaining("'cache.example' is no address");
    }

    @Test
    void saysOfAPageForPeopleAndOfACircleThatTheyAreNoCache() throws Exception {
        List<UnaryOperator<Reply>> elsewhere = List.of(
                reply -> Reply.of(200, "<!DOCTYPE html><html><body>Please log in</body></html>"),
                reply -> Reply.of(302, "").with("Location", "/nix-cache-info"));
        for (UnaryOperator<Reply> page : elsewhere) {
            now = now.plus(Duration.ofDays(3));
            one.behave().when(request -> true, page);
            assertThat(reason(lookUp(servers(one.url()), item(0))))
                    .contains("does not look like a server of substitutes");
        }
    }

    @Test
    void saysWhatToDoAboutAnItemThatNobodySigned() throws Exception {
        offer(first, key, items(1));
        one.when("narinfo", reply -> reply.edited(text -> text.replaceFirst("(?m)^Signature: .*\n", "")));
        assertThat(reason(lookUp(servers(one.url()), item(0)))).isEqualTo("it has it, but nobody signed that");
        assertThat(notes).singleElement().asString().contains(one.url(), "nobody signed", "name another server");
    }

    @Test
    void readsFolders() throws Exception {
        offer(first, key, items(2));
        SubstituteServers servers = servers("file://" + first);
        SortedMap<StorePath, Findings> found = lookUp(servers, items(3));
        assertThat(found.get(item(0)).offers()).hasSize(1);
        assertThat(reason(found.get(item(2)))).isEqualTo("it does not have it");
        Candidate candidate = servers.find(items(1), this::note).get(item(0)).candidates().getFirst();
        assertThat(candidate.address()).hasToString("file://" + first + "/nar/zstd/" + item(0).baseName());
        put(first, item(1), new byte[2 << 20]);
        assertThat(reason(lookUp(servers, item(1)))).contains("cannot be used");
    }

    @Test
    void followsWhereAServerMovedTo() throws Exception {
        offer(second, key, items(20));
        one.when(request -> true, reply -> Reply.of(301, ""));
        for (StorePath item : items(20)) {
            String name = "/" + item.hashPart() + ".narinfo";
            one.when(name, reply -> reply.with("Location", two.url() + name));
        }
        lookUp(servers(one.url()), items(20)).values().forEach(findings -> checkServed(findings, one));
    }

    @Test
    void believesCachesOfNixByTheirKeys() throws Exception {
        JsonNode golden = Golden.json("narinfo/nix.json");
        List<StorePath> items = new ArrayList<>();
        for (String text : Golden.strings(golden.get("narinfos"))) {
            String path = text.lines().findFirst().orElseThrow().substring("StorePath: ".length());
            items.add(StoreDirectory.NIX.parse(path));
            put(first, items.getLast(), text.getBytes(StandardCharsets.UTF_8));
        }
        StoreLayout nix = new StoreLayout(StoreDirectory.NIX, folder.resolve("nix"));
        SortedMap<StorePath, Findings> before = lookUp(servers(nix, one.url()), items);
        assertThat(before.get(items.get(0)).offers()).as("it is what its name says").hasSize(1);
        assertThat(before.get(items.get(1)).objections().getFirst().toString())
                .contains("'cache.example.org-1' is not authorised")
                .contains("cairn archive --authorize");
        NixPublicKey nixKey = NixPublicKey.parse(golden.get("publicKey").asString());
        new KeyFiles(nix.configuration()).authorise(nixKey);
        trusted = Trust.of(nix).keys();
        lookUp(servers(nix, one.url()), items).values().forEach(findings ->
                assertThat(findings.offers()).extracting(Offer::voucher).containsExactly(new Voucher.NixKey(nixKey)));
    }

    @Test
    void believesTheFilesOfTheStore() throws Exception {
        offer(first, key, items(1));
        try (SubstituteNetwork network = new SubstituteNetwork(layout, Proxies.NONE)) {
            SubstituteServers servers = network.servers(List.of(one.url()));
            assertThat(lookUp(servers, item(0)).offers()).isEmpty();
            new KeyFiles(layout.configuration()).authorise(key.publicKey());
            checkServed(lookUp(servers, item(0)), one);
            Files.writeString(layout.configuration().resolve("acl"), "(acl (entry nonsense))");
            assertThatThrownBy(() -> lookUp(servers, item(0))).isInstanceOf(DaemonException.Refused.class);
        }
    }

    @Test
    void findsAllOfARealCache() throws Exception {
        Path real = SharedData.require("data/guix-cache");
        PublicKey publicKey = PublicKey.read(Files.readAllBytes(real.resolve("signing-key.pub")));
        trusted = new TrustedKeys(new AccessList(List.of(publicKey)), List.of());
        List<StorePath> items = new ArrayList<>();
        try (Stream<String> lines = Files.lines(real.resolve("items.tsv"))) {
            for (String line : lines.toList()) {
                items.add(StoreDirectory.GNU.parse(line.substring(line.lastIndexOf('\t') + 1)));
            }
        }
        CacheServer server = serving(real);
        SortedMap<StorePath, Findings> found = lookUp(servers(server.url()), items);
        assertThat(found).hasSize(23);
        found.values().forEach(findings -> checkServed(findings, server));
    }

    @Test
    void showsNothingThatAServerCouldHideIn() throws Exception {
        offer(first, key, items(1));
        List<UnaryOperator<String>> texts = List.of(
                text -> text.replaceFirst("(?m)^NarHash: .*$", "NarHash: sha256:\u001b[2J" + "x".repeat(100_000)),
                text -> text.replaceFirst("(?m)^References: .*$", "References: \u0007" + "y".repeat(100_000)),
                text -> text.replaceFirst("(?m)^Signature: .*$", "Sig: \u001b[1m" + "z".repeat(100_000) + ":"
                        + "A".repeat(86) + "=="),
                text -> text.replaceAll("(?m)^Compression: .*$", "Compression: \u001b[1m"));
        for (UnaryOperator<String> text : texts) {
            now = now.plus(Duration.ofDays(3));
            one.behave().when("narinfo", reply -> reply.edited(text));
            Findings findings = lookUp(servers(one.url()), item(0));
            assertThat(findings.offers()).isEmpty();
            assertThat(findings.objections().toString()).matches("[ -~]{1,900}");
        }
    }

    @Test
    void takesNoMoreThanItCanUse() throws Exception {
        offer(first, key, items(40));
        one.when("narinfo", reply -> reply.edited(text -> text + ("# " + "x".repeat(99_000) + "\n").repeat(9)));
        SortedMap<StorePath, Findings> found = lookUp(servers(one.url()), items(40));
        assertThat(found.values()).anyMatch(findings -> findings.offers().isEmpty());
        assertThat(notes).anyMatch(note -> note.contains("much more than it was asked for"));
    }

    @Test
    void endsWhenInterrupted() throws Exception {
        one.when("narinfo", reply -> reply.ending(End.STALL, 0));
        SubstituteServers servers = servers(one.url());
        List<Exception> ends = new CopyOnWriteArrayList<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                lookUp(servers, items(5));
            } catch (Exception e) {
                ends.add(e);
            }
        });
        while (one.requests().isEmpty()) {
            Thread.sleep(5);
        }
        thread.interrupt();
        thread.join();
        assertThat(ends).hasOnlyElementsOfType(DaemonException.Cancelled.class).hasSize(1);
    }
}
