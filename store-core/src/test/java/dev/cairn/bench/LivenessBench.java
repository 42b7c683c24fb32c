// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bench;

import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
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
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long it takes to tell live from dead items in the database of a real daemon: 46,267 items with 1,330,510
 * references. Each figure is the only one of a fresh JVM, opening the store and searching for roots included; nothing
 * is warm but the file cache.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(5)
public class LivenessBench {
    private static final int ITEMS_FOR_EACH_ROOT = 400;

    private Path folder = Path.of("");

    /** Makes a store in a process of its own, so that this one has not opened any. */
    @Setup
    public void prepareElsewhere() throws IOException, InterruptedException {
        folder = Files.createTempDirectory("cairn-liveness");
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dcairn.root=" + System.getProperty("cairn.root"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LivenessBench.class.getName(),
                        folder.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("the store could not be made");
        }
    }

    @TearDown
    public void delete() throws IOException {
        FileTrees.delete(folder);
    }

    @Benchmark
    public int openAndMark() throws CairnException {
        try (Daemon daemon = LocalStore.open(new StoreLayout(StoreDirectory.GNU, folder))) {
            return daemon.collectGarbage(CollectionRequest.listLive(), EventSink.NONE).paths().size();
        }
    }

    /** Prepares the store in the folder that is the argument. */
    public static void main(String[] arguments) throws IOException, CairnException {
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, Path.of(arguments[0]));
        Files.createDirectories(layout.database());
        Files.copy(SharedData.unpacked("data/guix-db.sqlite.zst"), layout.database().resolve("db.sqlite"));
        try (Daemon daemon = LocalStore.open(layout)) {
            List<StorePath> paths = daemon.graph().paths();
            for (int i = 0; i < paths.size(); i += ITEMS_FOR_EACH_ROOT) {
                Files.createSymbolicLink(
                        layout.gcRoots().resolve(paths.get(i).baseName()), Path.of(paths.get(i).toString()));
            }
        }
    }
}
