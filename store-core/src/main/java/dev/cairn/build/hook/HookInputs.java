// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.hook;

import dev.cairn.fs.Interrupts;
import dev.cairn.layout.LogicalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * The items of a profile, those that win first.
 *
 * @param files sees them at their logical names
 * @param items logical names of directories
 */
public record HookInputs(LogicalFiles files, List<Path> items) {
    private static final int MAX_DEPTH = 10;

    public HookInputs {
        items = List.copyOf(items);
    }

    /**
     * A file of an item.
     *
     * @param name its own
     * @param file where it really is
     */
    record Found(Path name, Path file) {}

    /** The regular files in a folder of each item, in the items' order and sorted by name in each. */
    List<Found> in(String folder) throws IOException {
        List<Found> all = new ArrayList<>();
        for (Path item : items) {
            Path place = item.resolve(folder);
            if (!files.isDirectory(place)) {
                continue;
            }
            for (Path name : files.names(place)) {
                Interrupts.check();
                Optional<Path> file = files.resolve(place.resolve(name));
                if (file.isPresent() && Files.isRegularFile(file.get(), LinkOption.NOFOLLOW_LINKS)) {
                    all.add(new Found(name, file.get()));
                }
            }
        }
        return all;
    }

    /** The names of folders in a folder of the items, each once. */
    SequencedSet<Path> foldersIn(String folder) throws IOException {
        SequencedSet<Path> all = new LinkedHashSet<>();
        for (Path item : items) {
            Path place = item.resolve(folder);
            if (files.isDirectory(place)) {
                for (Path name : files.names(place)) {
                    if (files.isDirectory(place.resolve(name))) {
                        all.add(name);
                    }
                }
            }
        }
        return all;
    }

    /** The names, relative to it, of folders at any depth below a folder of the items that have files; each once. */
    SequencedSet<String> foldersBelow(String folder) throws IOException {
        SequencedSet<String> all = new LinkedHashSet<>();
        for (Path item : items) {
            if (files.isDirectory(item.resolve(folder))) {
                collect(item.resolve(folder), "", MAX_DEPTH, all);
            }
        }
        return all;
    }

    /** @param folder is one */
    private void collect(Path folder, String name, int depth, SequencedSet<String> all) throws IOException {
        for (Path entry : files.names(folder)) {
            Interrupts.check();
            Path inside = folder.resolve(entry);
            if (files.isDirectory(inside)) {
                if (depth > 0) {
                    collect(inside, name.isEmpty() ? entry.toString() : name + "/" + entry, depth - 1, all);
                }
            } else if (!name.isEmpty()) {
                all.add(name);
            }
        }
    }

    /** Whether some item has this. */
    boolean has(String name) throws IOException {
        for (Path item : items) {
            if (files.resolve(item.resolve(name)).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
