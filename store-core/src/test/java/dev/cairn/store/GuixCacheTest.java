// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.daemon.SubstituteInfo;
import dev.cairn.event.EventSink;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.signature.PublicKey;
import dev.cairn.testing.CacheServer;
import dev.cairn.testing.SharedData;
import dev.cairn.trust.KeyFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetching what the real {@code guix publish} wrote and signed, from servers of every sort. */
class GuixCacheTest {
    private static final String SUITE = "5z0r1lmvmnil1f1fqgqfywxcy69kmn94-suite-2026";
    private static final String NOISE = "6zbqlvdicsvy8rh6saqi5zwq71ggw45w-noise-5";

    @TempDir
    Path folder;

    private final List<CacheServer> servers = new ArrayList<>();
    private Path cache;
    private StoreLayout layout;
    private Daemon daemon;

    @BeforeEach
    void open() throws Exception {
        cache = SharedData.require("data/guix-cache");
        layout = new StoreLayout(StoreDirectory.GNU, folder);
        daemon = LocalStore.open(layout);
    }

    @AfterEach
    void close() throws Exception {
        daemon.close();
        for (CacheServer server : servers) {
            server.close();
        }
    }

    @Test
    void fetchesAClosureThatIsAsGuixBuiltIt() throws Exception {
        authorise();
        ask(server());
        StorePath suite = item(SUITE);
        daemon.ensure(List.of(suite), BuildOptions.DEFAULT, EventSink.NONE);
        assertThat(daemon.requisites(List.of(suite))).hasSize(21);
        for (String line : Files.readAllLines(cache.resolve("items.tsv"))) {
            daemon.ensure(
                    List.of(StoreDirectory.GNU.parse(line.split("\t")[2])), BuildOptions.DEFAULT, EventSink.NONE);
        }
        assertThat(daemon.allPaths()).hasSize(23);
        PathInfo info = daemon.pathInfo(suite).orElseThrow();
        assertThat(info.deriver()).as("though it is not valid").isPresent();
        assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
        try (Daemon other = daemon.newSession()) {
            assertThat(other.collectGarbage(CollectionRequest.listDead(), EventSink.NONE).paths())
                    .as("kept by the session that fetched it")
                    .isEmpty();
        }
    }

    @Test
    void tellsBeforehandWhatIsOffered() throws Exception {
        ask(server());
        StorePath suite = item(SUITE);
        assertThat(daemon.substitutable(List.of(suite), EventSink.NONE)).as("nobody vouches for it").isEmpty();
        authorise();
        SortedMap<StorePath, SubstituteInfo> infos =
                daemon.substitutable(List.of(suite, item("0".repeat(32) + "-nothing")), EventSink.NONE);
        assertThat(infos).containsOnlyKeys(suite);
        assertThat(infos.get(suite).server()).isEqualTo(servers.getFirst().url());
        assertThat(infos.get(suite).narSize()).isPositive();
        assertThat(infos.get(suite).references()).contains(item(NOISE));
        daemon.configure(daemon.settings().change().substitutes(false).build());
        assertThat(daemon.substitutable(List.of(suite), EventSink.NONE)).isEmpty();
    }

    @Test
    void takesNothingThatNobodyTrustedSigned() throws Exception {
        ask(server());
        DaemonException refused = fails(SUITE);
        assertThat(refused).isInstanceOf(DaemonException.NotSubstituted.class);
        assertThat(refused).hasMessageContaining(servers.getFirst().url());
        authorise();
        CacheServer liar = server();
        liar.when(NOISE.substring(0, 32), reply -> reply.edited(text -> text.replace("NarSize: 5", "NarSize: 6")));
        ask(liar);
        fails(SUITE);
        assertThat(daemon.isValid(item(NOISE))).isFalse();
        assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
    }

    @Test
    void asksTheNextServerWhenOneDoesNotServe() throws Exception {
        authorise();
        CacheServer lies = server().when(
                "/nar/", reply -> reply.withBody(new byte[Math.max(0, reply.body().length - 1)]));
        CacheServer broken = server().when("/", _ -> CacheServer.Reply.of(500, "no"));
        CacheServer lacks = server().when("narinfo", _ -> CacheServer.Reply.of(404, "no"));
        CacheServer cuts = server().when(
                "/nar/", reply -> reply.ending(CacheServer.End.CUT, Math.min(100, reply.body().length / 2)));
        ask(broken, lacks, lies, cuts, server());
        daemon.ensure(List.of(item(SUITE)), BuildOptions.DEFAULT, EventSink.NONE);
        assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
    }

    /** A lie in any field of a narinfo, or trouble of any kind on the way, costs no more than the next server. */
    @Test
    void passesOverLiesAndTroubleOfAllKinds() throws Exception {
        authorise();
        Map<String, UnaryOperator<CacheServer.Reply>> lies = new LinkedHashMap<>();
        lies.put("path", reply -> reply.edited(text -> text.replace(NOISE, NOISE + "-other")));
        lies.put("hash", reply -> reply.edited(text -> text.replaceFirst("NarHash: sha256:.", "NarHash: sha256:0")));
        lies.put("size", reply -> reply.edited(text -> text.replaceFirst("NarSize: ", "NarSize: 9")));
        lies.put("references", reply -> reply.edited(text -> text.replace("References: ", "References: " + SUITE)));
        lies.put("deriver", reply -> reply.edited(text -> text.replaceFirst("Deriver: ..", "Deriver: 00")));
        lies.put("signature", reply -> reply.edited(text -> text.replaceFirst("Signature: 1;", "Signature: 2;")));
        lies.put("unsigned", reply -> reply.edited(text -> text.replaceFirst("Signature: .*\n", "")));
        lies.put("address", reply -> reply.edited(text -> text.replace("URL: nar/", "URL: file:///etc/")));
        lies.put("compression", reply -> reply.edited(text -> text.replaceAll("Compression: .*", "Compression: xz")));
        lies.put("no archives", reply -> reply.edited(text -> text.replaceAll("URL: .*\n", "")));
        lies.put("endless", reply -> reply.withBody(new byte[2 << 20]));
        for (Map.Entry<String, UnaryOperator<CacheServer.Reply>> lie : lies.entrySet()) {
            isPassedOver(lie.getKey(), server().when(NOISE.substring(0, 32) + ".narinfo", lie.getValue()));
        }
        Map<String, UnaryOperator<CacheServer.Reply>> troubles = new LinkedHashMap<>();
        troubles.put("corrupt", reply -> {
            byte[] body = reply.body().clone();
            body[body.length / 2] ^= 1;
            return reply.withBody(body);
        });
        troubles.put("truncated", reply -> reply.withBody(Arrays.copyOf(reply.body(), reply.body().length / 2)));
        troubles.put("reset", reply -> reply.ending(CacheServer.End.RESET, 1000));
        troubles.put("elsewhere", _ -> CacheServer.Reply.of(302, "").with("Location", "file:///etc/passwd"));
        troubles.put("busy", _ -> CacheServer.Reply.of(429, "later"));
        troubles.put("missing", _ -> CacheServer.Reply.of(404, "none"));
        troubles.put("other", reply -> reply.withBody("<html>Welcome!</html>".getBytes(StandardCharsets.UTF_8)));
        for (Map.Entry<String, UnaryOperator<CacheServer.Reply>> trouble : troubles.entrySet()) {
            isPassedOver(trouble.getKey(), server().when("/nar/", trouble.getValue()));
        }
    }

    private void isPassedOver(String what, CacheServer bad) throws Exception {
        StorePath noise = item(NOISE);
        ask(bad, server());
        daemon.ensure(List.of(noise), BuildOptions.DEFAULT, EventSink.NONE);
        assertThat(daemon.isValid(noise)).as(what).isTrue();
        assertThat(daemon.verify(true, EventSink.NONE).isSound()).as(what).isTrue();
        try (Daemon other = daemon.newSession()) {
            // What fetched it keeps it; a session of its own does not.
            daemon.close();
            other.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
            assertThat(other.allPaths()).as(what).isEmpty();
        }
        daemon = LocalStore.open(layout);
    }

    private CacheServer server() throws Exception {
        CacheServer server = CacheServer.serving(cache);
        servers.add(server);
        return server;
    }

    private void ask(CacheServer... asked) throws Exception {
        List<String> urls = new ArrayList<>();
        for (CacheServer server : asked) {
            urls.add(server.url());
        }
        daemon.configure(StoreSettings.DEFAULT.change().substituteUrls(urls).build());
    }

    private void authorise() throws Exception {
        new KeyFiles(layout.configuration())
                .authorise(PublicKey.read(Files.readAllBytes(cache.resolve("signing-key.pub"))));
    }

    private DaemonException fails(String name) throws Exception {
        return catchThrowableOfType(
                DaemonException.class,
                () -> daemon.ensure(List.of(item(name)), BuildOptions.DEFAULT, EventSink.NONE));
    }

    private static StorePath item(String name) throws Exception {
        return StoreDirectory.GNU.item(name);
    }
}
