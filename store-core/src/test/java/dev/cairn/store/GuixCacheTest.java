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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
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
