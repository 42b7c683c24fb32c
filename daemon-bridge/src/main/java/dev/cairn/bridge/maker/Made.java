// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.maker;

import dev.cairn.daemon.DaemonException;
import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers under which name a daemon has what a derivation calls otherwise. Kept in a file of the cache, a line for
 * each item; without it, things are made once more and come out the same. Safe for use by several threads and
 * processes.
 */
public final class Made {
    private static final long MOST = 64L << 20;

    private final StoreDirectory store;
    private final Path file;
    private final Map<StorePath, StorePath> names = new ConcurrentHashMap<>();

    private Made(StoreDirectory store, Path file) {
        this.store = store;
        this.file = file;
    }

    /** Reads what is remembered; what cannot be understood is forgotten. */
    public static Made read(StoreDirectory store, Path file) throws DaemonException {
        Made made = new Made(store, file);
        try {
            if (Files.size(file) <= MOST) {
                for (String line : Files.readString(file).split("\n")) {
                    made.take(line.split(" ", -1));
                }
            }
        } catch (NoSuchFileException _) {
            // Nothing was made yet.
        } catch (IOException e) {
            throw DaemonException.of("reading '" + file + "'", e);
        }
        return made;
    }

    private void take(String[] words) {
        try {
            if (words.length == 2) {
                names.put(store.item(words[0]), store.item(words[1]));
            }
        } catch (FormatException _) {
            // A line that was cut off.
        }
    }

    /** What the daemon calls an item. */
    StorePath name(StorePath item) {
        return names.getOrDefault(item, item);
    }

    void remember(StorePath item, StorePath name) throws IOException {
        if (!item.equals(name) && !name.equals(names.put(item, name))) {
            Files.createDirectories(file.getParent());
            String line = item.baseName() + " " + name.baseName() + "\n";
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
