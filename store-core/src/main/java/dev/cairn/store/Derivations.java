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
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the {@code .drv} items of a store. */
final class Derivations {
    /** Far more than any real derivation has. */
    private static final long MAX_SIZE = 64L * 1024 * 1024;

    private final StoreLayout layout;

    Derivations(StoreLayout layout) {
        this.layout = layout;
    }

    Derivation read(StorePath path) throws DaemonException {
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

    Derivation parse(StorePath path, byte[] text) throws DaemonException {
        try {
            return DerivationParser.parse(layout.storeDirectory(), text);
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
