// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.SexpReader;
import dev.cairn.testing.Namespaces;
import dev.cairn.testing.Nix;
import dev.cairn.trust.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Cairn's daemon and Nix's own tools at work on one store at the same time. The system property {@code cairn.rounds}
 * says for how long.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class TwoDaemonsTest {
    private static final int ROUNDS = Integer.getInteger("cairn.rounds", 3);

    /**
     * Keeps Nix's collections from its own builds, which are lost now and then where no Cairn is near: its collector
     * looks for links before it looks for the roots of processes, and whoever makes a link and ends between the two is
     * overlooked.
     */
    private final ReadWriteLock nixAlone = new ReentrantReadWriteLock(true);

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("ct");
    }

    @AfterEach
    void deleteFolder() throws IOException {
        FileTrees.delete(folder);
    }

    @Test
    void keepEachOthersItemsAlive() throws Exception {
        Namespaces.assumeUsable();
        StoreLayout layout = DaemonProcess.layout(folder, Dialect.NIX);
        Nix nix = Nix.on(Files.createDirectories(layout.root()));
        Files.writeString(
                layout.root().resolve("nix.conf"),
                """
                build-users-group =
                sandbox = true
                sandbox-paths = /bin /usr /lib /lib64
                substitute = false
                substituters =
                """);
        new KeyFiles(layout.configuration()).generate(SexpReader.read(SecretKey.DEFAULT_PARAMETERS));
        try (DaemonProcess process = DaemonProcess.start(folder, Dialect.NIX);
                ExecutorService tools = Executors.newVirtualThreadPerTaskExecutor()) {
            MixedLoad load = new MixedLoad(process, layout, "two");
            load.start();
            List<Future<List<String>>> results = new ArrayList<>();
            for (String name : List.of("a", "b")) {
                results.add(tools.submit(() -> build(nix, name)));
            }
            results.add(tools.submit(() -> add(nix)));
            results.add(tools.submit(() -> collect(nix)));
            List<String> built = new ArrayList<>();
            for (Future<List<String>> result : results) {
                built.addAll(result.get());
            }
            // What is under way ends as if nobody had looked: the daemon is killed, its clients go.
            process.kill();
            load.finish();
            assertThat(built).hasSize(2 * ROUNDS);
            assertThat(load.kept()).isNotEmpty();
            nix.run("nix-store", "--verify", "--check-contents");
            try (DaemonProcess again = DaemonProcess.start(folder, Dialect.NIX);
                    Daemon daemon = again.connect()) {
                check(daemon, built, List.copyOf(load.kept()));
                daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
                check(daemon, built, List.copyOf(load.kept()));
            }
            nix.run("nix-store", "--gc");
            nix.run("nix-store", "--verify", "--check-contents");
            assertThat(nix.run("nix-store", "-q", "--hash", built.getFirst())).hasSize(1);
        }
    }

    private static void check(Daemon daemon, List<String> built, List<StorePath> kept) throws Exception {
        assertThat(daemon.verify(true, EventSink.NONE)).matches(report -> report.isSound());
        for (String path : built) {
            assertThat(daemon.isValid(daemon.storeDirectory().parse(path))).as(path).isTrue();
        }
        assertThat(daemon.valid(kept)).containsExactlyInAnyOrderElementsOf(kept);
    }

    /** Builds one thing upon another, each with a root. */
    private List<String> build(Nix nix, String name) throws Exception {
        List<String> built = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            String label = name + "-" + i;
            String expression =
                    """
                    let low = derivation { name = "low-%1$s"; system = "x86_64-linux"; builder = "/bin/sh";
                          args = [ "-c" "echo low-%1$s > $out" ]; };
                    in derivation { name = "high-%1$s"; system = "x86_64-linux"; builder = "/bin/sh";
                          args = [ "-c" "echo ${low} > $out" ]; }
                    """
                            .formatted(label);
            Path link = folder.resolve("result-" + label);
            nixAlone.readLock().lock();
            try {
                nix.run("nix-build", "--expr", expression, "-o", link.toString());
            } finally {
                nixAlone.readLock().unlock();
            }
            built.add(Files.readSymbolicLink(link).toString());
        }
        return built;
    }

    private List<String> add(Nix nix) throws Exception {
        Path file = folder.resolve("added");
        for (int i = 0; i < 2 * ROUNDS; i++) {
            Files.writeString(file, "added by Nix: " + i);
            nix.run("nix-store", "--add", file.toString());
        }
        return List.of();
    }

    private List<String> collect(Nix nix) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            nixAlone.writeLock().lock();
            try {
                nix.run("nix-store", "--gc");
            } finally {
                nixAlone.writeLock().unlock();
            }
        }
        return List.of();
    }
}
