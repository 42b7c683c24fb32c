// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bench;

import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.StoreGraph;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.store.LocalStore;
import dev.cairn.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How long it takes to tell live from dead items in the database of a real daemon: 46,267 items with 1,330,510
 * references. Each figure is from a fresh JVM, opening the store and searching for roots included; nothing is warm but
 * the file cache.
 */
public final class LivenessBench {
    private static final int RUNS = 5;
    private static final int ITEMS_FOR_EACH_ROOT = 400;

    private LivenessBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, CairnException {
        if (arguments.length > 0) {
            measure(new StoreLayout(StoreDirectory.GNU, Path.of(arguments[0])));
            return;
        }
        Path folder = Files.createTempDirectory("cairn-liveness");
        try {
            prepare(new StoreLayout(StoreDirectory.GNU, folder));
            for (int run = 0; run < RUNS; run++) {
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LivenessBench.class.getName(),
                                folder.toString())
                        .inheritIO()
                        .start()
                        .waitFor();
            }
        } finally {
            FileTrees.delete(folder);
        }
    }

    private static void prepare(StoreLayout layout) throws IOException, CairnException {
        Files.createDirectories(layout.database());
        Path database = layout.database().resolve("db.sqlite");
        Files.copy(SharedData.unpacked("data/guix-db.sqlite.zst"), database);
        try (Daemon daemon = LocalStore.open(layout)) {
            List<StorePath> paths = daemon.graph().paths();
            for (int i = 0; i < paths.size(); i += ITEMS_FOR_EACH_ROOT) {
                Files.createSymbolicLink(
                        layout.gcRoots().resolve(paths.get(i).baseName()), Path.of(paths.get(i).toString()));
            }
        }
    }

    private static void measure(StoreLayout layout) throws CairnException {
        long start = System.nanoTime();
        try (Daemon daemon = LocalStore.open(layout)) {
            long opened = System.nanoTime();
            int live = daemon.collectGarbage(CollectionRequest.listLive(), EventSink.NONE).paths().size();
            long marked = System.nanoTime();
            StoreGraph graph = daemon.graph();
            System.out.printf(
                    "opening the store %d ms, telling live from dead %d ms (%d of %d items live, %d references)%n",
                    (opened - start) / 1_000_000,
                    (marked - opened) / 1_000_000,
                    live,
                    graph.paths().size(),
                    graph.targets().length);
        }
    }
}
