// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.bridge.web.WebClient;
import dev.cairn.compression.Decompressor;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.FormatException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.NarFiles;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.nar.NarWriter;
import dev.cairn.narinfo.Compression;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.narinfo.NarinfoReader;
import dev.cairn.path.StorePath;
import dev.cairn.signature.AccessList;
import dev.cairn.signature.NixSecretKey;
import dev.cairn.signature.TrustedKeys;
import dev.cairn.store.LocalStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PublisherTest {
    @TempDir
    private Path folder = Path.of("/");

    private PublishedStore store;
    private StorePath item;
    private byte[] nar = {};

    @BeforeEach
    void fill() throws Exception {
        store = PublishedStore.ofGuix(Files.createDirectory(folder.resolve("root")));
        Path tree = Files.createDirectories(folder.resolve("tree"));
        byte[] noise = new byte[400_000];
        new Random(1).nextBytes(noise);
        Files.write(tree.resolve("noise"), noise);
        item = store.daemon.addTree("tree", tree, true, HashAlgorithm.SHA256);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(out);
        NarFiles.dump(tree, writer);
        writer.finish();
        nar = out.toByteArray();
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
    }

    private Narinfo narinfo(PublishedStore.Server server, StorePath path) throws Exception {
        WebClient.Answer answer = server.get("/" + path.hashPart() + ".narinfo");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        Narinfo narinfo = NarinfoReader.read(answer.body(), path);
        TrustedKeys keys = new TrustedKeys(new AccessList(List.of(store.key.publicKey())), List.of());
        assertThat(narinfo.judge(keys).isAuthorised()).isTrue();
        return narinfo;
    }

    private static byte[] unpacked(WebClient.Answer answer, Compression compression) throws IOException {
        assertThat(answer.status()).isEqualTo(200);
        try (InputStream in = new Decompressor(new ByteArrayInputStream(answer.body()), compression, 1 << 20)) {
            return in.readAllBytes();
        }
    }

    @Test
    void sendsWhatTheStoreHasInEveryCompression() throws Exception {
        PublishedStore.Server live = store.publish(
                new PublishedStore.Options().pack("gzip", "lzip", "zstd", "none"));
        PublishedStore.Server cached = store.publish(new PublishedStore.Options()
                .pack("gzip", "lzip", "zstd", "none")
                .cache(folder.resolve("cache"), 0, 1));
        cached.get("/" + item.hashPart() + ".narinfo");
        cached.settle();
        for (PublishedStore.Server server : List.of(live, cached)) {
            Narinfo narinfo = narinfo(server, item);
            assertThat(narinfo.nars()).hasSize(4);
            for (var choice : narinfo.nars()) {
                WebClient.Answer answer = server.get("/" + choice.url());
                assertThat(unpacked(answer, choice.compression())).isEqualTo(nar);
                choice.fileSize().ifPresent(size -> assertThat(answer.body()).hasSize((int) size));
                assertThat(choice.fileSize().isPresent())
                        .isEqualTo(server == cached || choice.compression() == Compression.NONE);
            }
        }
    }

    @Test
    void sendsPartsOfArchivesAndNothingAgain() throws Exception {
        PublishedStore.Server server = store.publish(new PublishedStore.Options()
                .pack("zstd")
                .cache(folder.resolve("cache"), 10 << 20, 1));
        String plain = "/nar/" + item.baseName();
        WebClient.Answer part = server.get(plain, "Range: bytes=200000-200099");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(nar, 200_000, 200_100));
        WebClient.Answer rest = server.get(plain, "Range: bytes=200100-", "If-Range: " + part.field("ETag").orElseThrow());
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(nar, 200_100, nar.length));

        narinfo(server, item);
        server.settle();
        String packed = "/nar/zstd/" + item.baseName();
        WebClient.Answer whole = server.get(packed);
        assertThat(server.get(packed, "Range: bytes=5-").body())
                .isEqualTo(Arrays.copyOfRange(whole.body(), 5, whole.body().length));
        for (String path : List.of(packed, plain, "/" + item.hashPart() + ".narinfo")) {
            String tag = server.get(path).field("ETag").orElseThrow();
            assertThat(server.get(path, "If-None-Match: " + tag).status()).as(path).isEqualTo(304);
        }
        String date = whole.field("Last-Modified").orElseThrow();
        assertThat(server.get(packed, "If-Modified-Since: " + date).status()).isEqualTo(304);
    }

    @Test
    void keepsWhatIsSentFromBeingCollected() throws Exception {
        byte[] large = new byte[48 << 20];
        StorePath big = store.daemon.addTree(
                "big", Files.write(folder.resolve("big"), large), true, HashAlgorithm.SHA256);
        store.daemon.close();
        try (Daemon other = LocalStore.open(store.layout)) {
            PublishedStore.Server server = store.publish(other, new PublishedStore.Options());
            try (WebClient client = new WebClient(server.port())) {
                client.send("GET /nar/" + big.baseName() + " HTTP/1.1\r\n\r\n");
                // The first octets say that it is under way.
                client.peek();
                other.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
                assertThat(other.isValid(big)).isTrue();
                assertThat(client.answer(false).body().length).isGreaterThan(large.length);
            }
            while (other.isValid(big)) {
                other.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
            }
            assertThat(server.get("/nar/" + big.baseName()).status()).isEqualTo(404);
            assertThat(server.get("/" + big.hashPart() + ".narinfo").status()).isEqualTo(404);
        }
    }

    @Test
    void findsInItsCacheWhatTheStoreHasLost() throws Exception {
        PublishedStore.Server server = store.publish(new PublishedStore.Options()
                .pack("zstd", "gzip")
                .cache(folder.resolve("cache"), 0, 2));
        server.get("/" + item.hashPart() + ".narinfo");
        server.settle();
        narinfo(server, item);
        store.daemon.close();
        try (Daemon other = LocalStore.open(store.layout)) {
            other.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
            assertThat(other.isValid(item)).isFalse();
            PublishedStore.Server later = store.publish(other, new PublishedStore.Options()
                    .pack("zstd", "gzip")
                    .cache(folder.resolve("cache"), 0, 2));
            assertThat(narinfo(later, item).nars()).hasSize(2);
            assertThat(unpacked(later.get("/nar/gzip/" + item.baseName()), Compression.GZIP)).isEqualTo(nar);
            assertThat(later.get("/nar/" + item.baseName()).status()).isEqualTo(404);
        }
    }

    @Test
    void putsNothingIntoTheCacheThatIsNotWhatTheStoreSaysItIs() throws Exception {
        Optional<NarFiles.Summary> wrong =
                Optional.of(new NarFiles.Summary(Hash.sha256(new byte[] {9}), 20_000_000));
        StorePath damaged = store.item("1".repeat(32) + "-damaged", new byte[] {1}, wrong, Optional.empty());
        Path cache = folder.resolve("cache");
        PublishedStore.Server server = store.publish(new PublishedStore.Options().pack("zstd").cache(cache, 1000, 1));
        assertThat(server.get("/" + damaged.hashPart() + ".narinfo").field("X-Baking")).contains("1");
        server.settle();
        assertThat(store.journal).singleElement().asString().contains(damaged.toString()).contains("cairn verify");
        assertThat(cache.resolve("zstd")).isEmptyDirectory();
        // Made for whoever asks as long as the cache cannot have it.
        assertThat(server.get("/" + damaged.hashPart() + ".narinfo").status()).isEqualTo(200);
        assertThatThrownBy(() -> server.get("/nar/" + damaged.baseName())).isInstanceOf(IOException.class);
    }

    @Test
    void replacesWhatWasMadeAgainDifferently() throws Exception {
        String name = "3".repeat(32) + "-again";
        StorePath again = store.item(name, new byte[] {1}, Optional.empty(), Optional.empty());
        PublishedStore.Server server = store.publish(new PublishedStore.Options()
                .pack("gzip")
                .cache(folder.resolve("cache"), 1 << 20, 1));
        narinfo(server, again);
        server.settle();
        Narinfo before = narinfo(server, again);
        store.item(name, new byte[] {2}, Optional.empty(), Optional.empty());
        assertThat(Hash.sha256(unpacked(server.get("/nar/gzip/" + name), Compression.GZIP)))
                .isNotEqualTo(before.claim().narHash());
        Narinfo live = narinfo(server, again);
        assertThat(live.claim().narHash()).isNotEqualTo(before.claim().narHash());
        assertThat(live.nars().getFirst().fileSize()).isEmpty();
        server.settle();
        Narinfo after = narinfo(server, again);
        assertThat(after.nars().getFirst().fileSize()).isPresent();
        byte[] sent = unpacked(server.get("/nar/gzip/" + name), Compression.GZIP);
        assertThat(Hash.sha256(sent)).isEqualTo(after.claim().narHash());
    }

    @Test
    void leavesCompressedFilesAsTheyAre() throws Exception {
        StorePath archive = store.text("source.tar.gz", "pretends");
        StorePath other = store.text("targz", "does not");
        PublishedStore.Server server = store.publish(new PublishedStore.Options().pack("zstd", "gzip", "zstd:9"));
        assertThat(narinfo(server, archive).nars()).extracting(choice -> choice.compression())
                .containsExactly(Compression.NONE);
        assertThat(narinfo(server, other).nars()).hasSize(2);
    }

    @Test
    void signsForNixToo() throws Exception {
        NixSecretKey key = NixSecretKey.generate("both-1");
        PublishedStore.Server server = store.publish(new PublishedStore.Options().nixKeys(key));
        Narinfo narinfo = narinfo(server, item);
        TrustedKeys nix = new TrustedKeys(AccessList.EMPTY, List.of(key.publicKey()));
        assertThat(narinfo.judge(nix).isAuthorised()).isTrue();
        assertThat(server.get("/signing-key.pub").text())
                .isEqualTo(store.key.publicKey().toString() + key.publicKey() + "\n");
    }

    @Test
    void answersManyAtOnce() throws Exception {
        List<StorePath> items = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            items.add(store.text("item-" + i, "contents of " + i));
        }
        PublishedStore.Server server = store.publish(new PublishedStore.Options()
                .pack("zstd", "lzip")
                .cache(folder.resolve("cache"), 10 << 20, 2));
        try (ExecutorService clients = Executors.newFixedThreadPool(200)) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                StorePath wanted = items.get(i % items.size());
                answers.add(clients.submit(() -> ask(server, wanted)));
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(5);
            }
        }
        server.settle();
        try (var files = Files.list(folder.resolve("cache/zstd"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.contains(".tmp"))).isEmpty();
        }
    }

    /** @return how many requests over one connection went well */
    private static int ask(PublishedStore.Server server, StorePath wanted) throws IOException, FormatException {
        int good = 0;
        try (WebClient client = new WebClient(server.port())) {
            for (int i = 0; i < 5; i++) {
                WebClient.Answer answer = client.request("GET", "/" + wanted.hashPart() + ".narinfo");
                NarinfoReader.read(answer.body(), wanted);
                good++;
            }
        }
        return good;
    }

    @Test
    void findsNothingByNamesThatAreNone() throws Exception {
        PublishedStore.Server server = store.publish(new PublishedStore.Options());
        for (String path : List.of(
                "/nar/../../etc/passwd", "/nar/%2e%2e%2fetc", "/nar/" + item.baseName() + "/noise", "/nar/%", "/nar/%zz",
                "/nar/", "//", "/log/", "/log/..", "/file/x/sha256/" + "0".repeat(52), "/file//sha256/" + "0".repeat(52),
                "/file/a%2fb/sha256/" + "0".repeat(52), "/file/" + "x".repeat(300) + "/sha256/" + "0".repeat(52),
                "/.narinfo", "/" + "0".repeat(31) + ".narinfo", "/signing-key.sec", "/nar/xz/" + item.baseName(),
                "/nar/zstd/" + item.baseName(), "/nar/gzip/x" + item.baseName().substring(1))) {
            WebClient.Answer answer = server.get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.text()).isEqualTo("Resource not found: " + path);
        }
    }

    @Test
    void doesNotOfferWhatShouldBeMadeByEveryone() throws Exception {
        StorePath local = store.built("local", Map.of("allowSubstitutes", "0"));
        PublishedStore.Server server = store.publish(new PublishedStore.Options()
                .pack("zstd")
                .cache(folder.resolve("cache"), 0, 1));
        narinfo(server, local);
        assertThat(server.get("/nar/zstd/" + local.baseName()).status()).isEqualTo(404);
        assertThat(server.get("/nar/" + local.baseName()).status()).isEqualTo(404);
        assertThat(folder.resolve("cache/zstd")).doesNotExist();
    }
}
