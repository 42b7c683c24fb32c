// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationParser;
import dev.cairn.error.FormatException;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the {@code .drv} items of a store. Remembers those read last: their names follow from their contents, so what
 * a name stands for never changes. Safe for use by several threads.
 */
final class Derivations {
    private static final int REMEMBERED = 2048;

    /** Octets. */
    private static final int MAX_REMEMBERED = 32 * 1024;

    /** Far more than any real derivation has. */
    private static final long MAX_SIZE = 64L * 1024 * 1024;

    private final StoreLayout layout;

    /** Guarded by itself. */
    private final Map<StorePath, Derivation> latest = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<StorePath, Derivation> eldest) {
            return size() > REMEMBERED;
        }
    };

    Derivations(StoreLayout layout) {
        this.layout = layout;
    }

    Derivation read(StorePath path) throws DaemonException {
        synchronized (latest) {
            Derivation known = latest.get(path);
            if (known != null) {
                return known;
            }
        }
        Path file = layout.physical(path);
        try {
            if (Files.size(file) > MAX_SIZE) {
                throw refused(path, "it is larger than " + MAX_SIZE + " octets");
            }
            return parse(path, Files.readAllBytes(file));
        } catch (NoSuchFileException _) {
            throw new DaemonException.NotValid(path);
        } catch (IOException e) {
            throw DaemonException.of("reading '" + path + "'", e);
        }
    }

    /** @param path whose name was, or will be, computed from {@code text} */
    Derivation parse(StorePath path, byte[] text) throws DaemonException {
        try {
            Derivation derivation = DerivationParser.parse(layout.storeDirectory(), text);
            if (text.length <= MAX_REMEMBERED) {
                synchronized (latest) {
                    latest.put(path, derivation);
                }
            }
            return derivation;
        } catch (FormatException e) {
            throw refused(path, e.getMessage());
        }
    }

    /** The output paths that a derivation states, for the database. */
    static SortedMap<String, StorePath> outputs(Derivation derivation) {
        SortedMap<String, StorePath> outputs = new TreeMap<>();
        derivation.outputs().forEach((name, output) -> output.path().ifPresent(path -> outputs.put(name, path)));
        return outputs;
    }

    static DaemonException refused(StorePath path, String why) {
        return new DaemonException.Refused("'" + path + "' is not taken: " + why, Optional.empty());
    }
}
