// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.Client;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.http.Proxies;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.signature.PublicKey;
import dev.cairn.testing.CacheServer;
import dev.cairn.testing.SharedData;
import dev.cairn.trust.KeyFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that fetches a closure and is killed without warning, early and late. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FetchCrashTest {
    private static final String SUITE = "/gnu/store/5z0r1lmvmnil1f1fqgqfywxcy69kmn94-suite-2026";

    @TempDir
    Path folder;

    @Test
    void leavesASoundStoreAndNothingThatACollectionLeaves() throws Exception {
        Path cache = SharedData.require("data/guix-cache");
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, folder);
        new KeyFiles(layout.configuration())
                .authorise(PublicKey.read(Files.readAllBytes(cache.resolve("signing-key.pub"))));
        try (CacheServer server = CacheServer.serving(cache).latency(Duration.ofMillis(20))) {
            // What is large comes in part, so that it is being unpacked when the end comes.
            server.when("noise", reply -> reply.ending(CacheServer.End.STALL, reply.body().length / 2));
            for (int round = 0; round < 4; round++) {
                Process child = start(layout, server.url());
                child.inputReader().readLine();
                Thread.sleep(150L + 150L * round);
                new ProcessBuilder("kill", "-KILL", Long.toString(child.pid())).start().waitFor();
                child.waitFor();
                try (Daemon daemon = LocalStore.open(layout)) {
                    assertThat(daemon.verify(true, EventSink.NONE).isSound()).as("round %d", round).isTrue();
                    assertThat(daemon.isValid(StoreDirectory.GNU.parse(SUITE))).isFalse();
                    daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
                    assertThat(FileTrees.entries(layout.physicalStore()))
                            .extracting(path -> path.getFileName().toString())
                            .filteredOn(name -> !name.equals(".links") && !name.equals("trash"))
                            .containsExactlyInAnyOrderElementsOf(daemon.allPaths().stream()
                                    .map(StorePath::baseName)
                                    .toList());
                }
            }
            server.behave();
            assertThat(start(layout, server.url()).waitFor()).isZero();
        }
    }

    private static Process start(StoreLayout layout, String url) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        layout.root().toString(),
                        url)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The main class of the process that is killed. */
    static final class Child {
        public static void main(String[] arguments) throws Exception {
            StoreLayout layout = new StoreLayout(StoreDirectory.GNU, Path.of(arguments[0]));
            StoreSettings settings = StoreSettings.DEFAULT
                    .change()
                    .substituteUrls(List.of(arguments[1]))
                    .build();
            try (Daemon daemon = LocalStore.open(layout, Proxies.NONE, settings, Client.SELF)) {
                System.out.println("begins");
                daemon.ensure(
                        List.of(StoreDirectory.GNU.parse(SUITE)), BuildOptions.DEFAULT, EventSink.NONE);
            } catch (DaemonException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
