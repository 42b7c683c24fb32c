// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import dev.cairn.fs.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The file that says where the user's own store takes substitutes from: an address on each line, the first asked first;
 * {@code #} begins a comment.
 */
final class ServerList {
    private static final int MAX_FILE = 1 << 20;

    private final Path file;

    ServerList(Path file) {
        this.file = file;
    }

    List<String> read() throws IOException {
        return lines().stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
    }

    /** Replaces the addresses; lines that are comments stay, above them. */
    void write(List<String> urls) throws IOException {
        List<String> lines = new ArrayList<>(
                lines().stream().filter(line -> line.strip().startsWith("#")).toList());
        lines.addAll(urls);
        Files.createDirectories(file.getParent());
        AtomicFiles.write(
                file, String.join("", lines.stream().map(line -> line + "\n").toList()).getBytes(StandardCharsets.UTF_8));
    }

    private List<String> lines() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_FILE), StandardCharsets.UTF_8).lines().toList();
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }
}
