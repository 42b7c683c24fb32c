// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import dev.cairn.fs.FileTrees;
import dev.cairn.fs.PosixLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What tools of packages made for other overlays, {@code var/cairn/generated/KEY} in the store's root: most changes of
 * a profile leave most of it as it was. It can be made again at any time. Files are shared with the overlays by hard
 * links; what was not used for longest goes first. Safe for use by several threads and processes.
 */
final class ToolMemory {
    private static final int MOST = 200;
    private static final String NEW = ".new-";
    private static final String LOCK = ".lock";

    private final Path folder;

    /** @param folder need not be there */
    ToolMemory(Path folder) {
        this.folder = folder;
    }

    /** Puts what was made under some key into an overlay; tells whether it was there. */
    boolean recall(String key, OverlayTree overlay) throws IOException {
        Path made = folder.resolve(key);
        if (!Files.isDirectory(made)) {
            return false;
        }
        try (PosixLock _ = PosixLock.acquire(folder.resolve(LOCK), PosixLock.Mode.EXCLUSIVE)) {
            if (!Files.isDirectory(made)) {
                return false;
            }
            Files.setLastModifiedTime(made, FileTime.from(Instant.now()));
            overlay.link(made);
            return true;
        }
    }

    /** Keeps what a tool made; the output stays as well. */
    void keep(SortedMap<String, Path> outputs) throws IOException {
        if (outputs.isEmpty()) {
            return;
        }
        Files.createDirectories(folder);
        try (PosixLock _ = PosixLock.acquire(folder.resolve(LOCK), PosixLock.Mode.EXCLUSIVE)) {
            for (var each : outputs.entrySet()) {
                Path made = folder.resolve(each.getKey());
                Path temporary = folder.resolve(NEW + each.getKey());
                FileTrees.delete(temporary);
                new OverlayTree(temporary).link(each.getValue());
                if (!Files.isDirectory(made)) {
                    Files.move(temporary, made, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            forget();
        }
    }

    private void forget() throws IOException {
        SortedMap<FileTime, List<Path>> byUse = new TreeMap<>(Comparator.reverseOrder());
        for (Path entry : FileTrees.entries(folder)) {
            if (entry.getFileName().toString().startsWith(NEW)) {
                FileTrees.delete(entry);
            } else if (!entry.getFileName().toString().equals(LOCK)) {
                byUse.computeIfAbsent(Files.getLastModifiedTime(entry), _ -> new ArrayList<>()).add(entry);
            }
        }
        for (Path old : byUse.values().stream().flatMap(List::stream).skip(MOST).toList()) {
            FileTrees.delete(old);
        }
    }
}
