// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bench;

import dev.cairn.fs.FileTrees;
import dev.cairn.fs.NarFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long the SHA-256 of an archive takes, of one file of 1 GiB and of a tree of 10,000 small ones, and how long
 * {@code sha256sum} takes for the same files in the same run. All from the page cache.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(1)
public class NarBench {
    private static final int SMALL_FILES = 10_000;
    private static final int LARGE_FILE = 1 << 30;

    @Param({"file-1GiB", "tree-10000"})
    private String input = "";

    private Path folder = Path.of("");

    @Setup
    public void make() throws IOException {
        folder = Files.createTempDirectory("cairn-nar");
        Random random = new Random(1);
        if (input.equals("file-1GiB")) {
            byte[] block = new byte[1 << 20];
            random.nextBytes(block);
            try (OutputStream out = Files.newOutputStream(folder.resolve("file"))) {
                for (int written = 0; written < LARGE_FILE; written += block.length) {
                    out.write(block);
                }
            }
        } else {
            for (int i = 0; i < SMALL_FILES; i++) {
                byte[] contents = new byte[random.nextInt(4096)];
                random.nextBytes(contents);
                Path directory = Files.createDirectories(folder.resolve("d" + i % 100));
                Files.write(directory.resolve("f" + i), contents);
            }
        }
    }

    @TearDown
    public void delete() throws IOException {
        FileTrees.delete(folder);
    }

    @Benchmark
    public NarFiles.Summary nar() throws IOException {
        return NarFiles.summarise(folder);
    }

    @Benchmark
    public int sha256sum() throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "find . -type f -print0 | xargs -0 sha256sum")
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
