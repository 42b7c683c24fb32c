// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationParser;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the {@code .drv} items of a store, whatever kind of store it is. */
public final class DerivationItems {
    /** Octets; far more than any real derivation has. */
    public static final long MAX_SIZE = 64L * 1024 * 1024;

    private DerivationItems() {}

    /**
     * The derivation that an item holds.
     *
     * @throws DaemonException.NotValid when there is no such file
     * @throws FormatException when it is no derivation, or larger than {@link #MAX_SIZE}
     */
    public static Derivation read(Daemon daemon, StorePath path) throws CairnException {
        Path file = daemon.physical(path);
        try {
            if (Files.size(file) > MAX_SIZE) {
                throw new FormatException("derivation", "'" + path + "' is larger than " + MAX_SIZE + " octets");
            }
            return DerivationParser.parse(daemon.storeDirectory(), Files.readAllBytes(file));
        } catch (NoSuchFileException _) {
            throw new DaemonException.NotValid(path);
        } catch (IOException e) {
            throw DaemonException.of("reading '" + path + "'", e);
        }
    }
}
