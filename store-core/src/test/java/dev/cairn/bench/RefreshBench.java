// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bench;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogFile;
import dev.cairn.catalog.SearchHit;
import dev.cairn.channel.debian.DebianChannel;
import dev.cairn.channel.debian.RealArchive;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the indices of an archive, as this machine's apt has them, to packages that can be searched, in a fresh JVM as
 * after the first start: index of paragraphs, rows, full text. Fetching and verifying are not in it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(3)
public class RefreshBench {
    private Path folder = Path.of("");

    @Setup(Level.Iteration)
    public void makeFolder() throws IOException {
        folder = Files.createTempDirectory("cairn-refresh");
    }

    @TearDown(Level.Iteration)
    public void deleteFolder() throws IOException {
        FileTrees.delete(folder);
    }

    @Benchmark
    public List<SearchHit> searchable() throws IOException, CairnException {
        Optional<DebianChannel> channel = RealArchive.channel(folder.resolve("archive"));
        if (channel.isEmpty()) {
            throw new IllegalStateException("this machine has no apt with lists of packages");
        }
        channel.get().refresh(EventSink.NONE);
        Path file = folder.resolve("catalog.sqlite");
        try (Catalog catalog = CatalogFile.open(file, List.of(channel.get()), EventSink.NONE)) {
            return catalog.search("hello", 10);
        }
    }
}
