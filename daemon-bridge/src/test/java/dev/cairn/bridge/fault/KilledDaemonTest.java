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
import dev.cairn.store.LocalStore;
import dev.cairn.testing.Namespaces;
import dev.cairn.trust.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A daemon that is killed while clients add, build, import and collect, and started again, over and over. The system
 * property {@code cairn.kills} says how often, {@code cairn.seed} when.
 */
class KilledDaemonTest {
    private static final int KILLS = Integer.getInteger("cairn.kills", 10);
    private static final int LONGEST_LIFE_MILLIS = 700;

    /** Roots that are kept from one life to the next; more only make looking at them all take longer. */
    private static final int MOST_KEPT = 60;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        // Folders of tests may have names that are too long for a socket.
        folder = Files.createTempDirectory("ck");
    }

    @AfterEach
    void deleteFolder() throws IOException {
        FileTrees.delete(folder);
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void losesNothingThatWasKeptAndLeavesNothingElse() throws Exception {
        Namespaces.assumeUsable();
        long seed = Long.getLong("cairn.seed", System.nanoTime());
        System.out.println("killing a daemon " + KILLS + " times; -Dcairn.seed=" + seed + " repeats it");
        Random random = new Random(seed);
        StoreLayout layout = DaemonProcess.layout(folder, Dialect.GUIX);
        new KeyFiles(layout.configuration()).generate(SexpReader.read(SecretKey.DEFAULT_PARAMETERS));
        List<StorePath> kept = new ArrayList<>();
        int steps = 0;
        int made = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            MixedLoad load;
            try (DaemonProcess process = DaemonProcess.start(folder, Dialect.GUIX)) {
                load = new MixedLoad(process, layout, Integer.toString(kill));
                load.start();
                if (kill % 5 != 0) {
                    // Mostly when there is something to lose; else from the very beginning.
                    load.awaitSteps(random.nextInt(12));
                }
                Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
                process.kill();
                load.finish();
            }
            steps += load.steps();
            made += load.kept().size();
            kept.addAll(load.kept());
            check(layout, kept, "seed " + seed + ", kill " + kill);
            while (kept.size() > MOST_KEPT) {
                Files.deleteIfExists(layout.gcRoots().resolve(kept.removeFirst().name()));
            }
        }
        System.out.println("killed " + KILLS + " times: " + steps + " requests were done, " + made
                + " items were kept and none was lost");
        assertThat(steps).as("work that was done between kills").isGreaterThan(KILLS);
    }

    private void check(StoreLayout layout, Collection<StorePath> kept, String when) throws Exception {
        try (Daemon daemon = LocalStore.open(layout)) {
            assertThat(daemon.verify(true, EventSink.NONE)).as(when).matches(report -> report.isSound());
            assertThat(daemon.valid(kept)).as(when).containsExactlyInAnyOrderElementsOf(kept);
            daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
            assertThat(daemon.verify(true, EventSink.NONE)).as(when).matches(report -> report.isSound());
            assertThat(daemon.valid(kept)).as(when).containsExactlyInAnyOrderElementsOf(kept);
            assertThat(kept)
                    .as(when)
                    .allMatch(item -> Files.exists(daemon.physical(item), LinkOption.NOFOLLOW_LINKS));
            List<String> valid =
                    daemon.allPaths().stream().map(StorePath::baseName).toList();
            assertThat(names(layout.physicalStore()))
                    .as(when)
                    .filteredOn(name -> !name.equals(".links") && !name.equals("trash"))
                    .containsExactlyInAnyOrderElementsOf(valid);
            assertThat(names(layout.links())).as(when).allMatch(name -> name.matches("[0-9a-z]{52}"));
            assertThat(names(layout.tempRoots())).as(when).isSubsetOf(Long.toString(ProcessHandle.current().pid()));
            assertThat(names(folder.resolve("tmp"))).as(when).isEmpty();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        return FileTrees.entries(folder).stream()
                .map(path -> path.getFileName().toString())
                .toList();
    }
}
