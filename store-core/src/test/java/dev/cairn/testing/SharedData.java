// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Large real data that tests and benchmarks use where it is present: a folder named by the environment variable {@code
 * CAIRN_SHARED}, by default {@code shared} beside the repository. Tests that need it are skipped without it.
 */
public final class SharedData {
    private SharedData() {}

    /** The root of the repository. */
    public static Path repository() {
        String root = System.getProperty("cairn.root");
        return root == null ? Path.of("..").toAbsolutePath().normalize() : Path.of(root);
    }

    /** The file or folder with this name relative to the shared folder, if it is there. */
    public static Optional<Path> find(String relative) {
        String configured = System.getenv("CAIRN_SHARED");
        Path folder = configured == null || configured.isEmpty()
                ? repository().resolveSibling("shared")
                : Path.of(configured);
        return Optional.of(folder.resolve(relative)).filter(Files::exists);
    }

    /** The file or folder with this name relative to the shared folder; skips the calling test if it is missing. */
    public static Path require(String relative) {
        Optional<Path> found = find(relative);
        Assumptions.assumeTrue(
                found.isPresent(),
                () -> "skipped: the shared data has no '" + relative + "' (set CAIRN_SHARED to its folder)");
        return found.get();
    }

    /** The decompressed octets of a {@code .zst} file; skips the calling test if it is missing. */
    public static InputStream open(String relative) throws IOException {
        return decompress(require(relative));
    }

    /**
     * A decompressed copy of a {@code .zst} file, made once below the repository's {@code target} and kept for the
     * next run. Read-only by agreement: tests that write copy it first. Skips the calling test if it is missing.
     */
    public static Path unpacked(String relative) throws IOException {
        Path source = require(relative);
        String name = source.getFileName().toString().replaceFirst("\\.zst$", "");
        Path folder = Files.createDirectories(repository().resolve("target/shared-data"));
        Path copy = folder.resolve(name);
        if (!Files.exists(copy)
                || Files.getLastModifiedTime(copy).compareTo(Files.getLastModifiedTime(source)) < 0) {
            Path temporary = Files.createTempFile(folder, name, ".tmp");
            try (InputStream in = decompress(source)) {
                Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(temporary, copy, StandardCopyOption.ATOMIC_MOVE);
        }
        return copy;
    }

    private static InputStream decompress(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        try {
            // The archives were made with a long window.
            return new BufferedInputStream(new ZstdInputStream(raw).setLongMax(31), 1 << 16);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
