// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.bench;

import com.github.luben.zstd.ZstdInputStream;
import dev.cairn.fs.SealedRestorer;
import dev.cairn.nar.NarReader;
import dev.cairn.testing.SharedData;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** What the daemons are given. */
final class Workloads {
    private static final int FILES = 20_000;
    private static final int DIRECTORIES = 200;
    private static final long OCTETS = 500L << 20;

    private Workloads() {}

    /**
     * A tree of 20,000 files with 500 MiB of noise; sizes are spread as those of programs are: most files are small.
     *
     * @param seed no two trees have a file in common
     */
    static Path tree(Path folder, int seed) throws IOException {
        Random random = new Random(seed);
        double[] weights = new double[FILES];
        double sum = 0;
        for (int i = 0; i < FILES; i++) {
            weights[i] = Math.exp(1.5 * random.nextGaussian());
            sum += weights[i];
        }
        byte[] noise = new byte[64 << 20];
        random.nextBytes(noise);
        for (int i = 0; i < FILES; i++) {
            Path directory = Files.createDirectories(folder.resolve("d" + i % DIRECTORIES));
            int size = (int) (weights[i] / sum * OCTETS);
            int start = random.nextInt(noise.length - size);
            try (OutputStream out = Files.newOutputStream(directory.resolve("f" + i))) {
                out.write(noise, start, size);
            }
        }
        return folder;
    }

    /** A tree with a static shell, {@code bin/sh}. */
    static Path shell(Path folder) throws Exception {
        Path archives = SharedData.require("data/guix-cache/nar/zstd");
        try (Stream<Path> all = Files.list(archives)) {
            Path archive = all.filter(file -> file.toString().endsWith("-busybox-1.35.0"))
                    .findFirst()
                    .orElseThrow();
            Path item = folder.resolve("busybox");
            try (InputStream in = new BufferedInputStream(new ZstdInputStream(Files.newInputStream(archive)))) {
                new NarReader(in).read(new SealedRestorer(item, Optional.empty()));
            }
            Path shell = Files.createDirectories(folder.resolve("shell/bin")).resolve("sh");
            Files.copy(item.resolve("bin/busybox"), shell, StandardCopyOption.COPY_ATTRIBUTES);
            return folder.resolve("shell");
        }
    }
}
