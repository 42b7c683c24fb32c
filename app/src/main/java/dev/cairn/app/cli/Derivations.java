// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationParser;
import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Reads derivations that are in a store. */
final class Derivations {
    private Derivations() {}

    static Derivation read(Daemon daemon, StorePath path) throws CairnException {
        try {
            return DerivationParser.parse(daemon.storeDirectory(), Files.readAllBytes(daemon.physical(path)));
        } catch (NoSuchFileException _) {
            throw new DaemonException.NotValid(path);
        } catch (IOException e) {
            throw new DaemonException.StoreIo(
                    Texts.text("error.cannot-read", path, String.valueOf(e.getMessage())),
                    Optional.empty(),
                    Optional.of(e));
        }
    }
}
