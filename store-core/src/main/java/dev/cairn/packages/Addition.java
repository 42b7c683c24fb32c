// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.StorePath;
import java.nio.file.Path;
import java.util.Optional;
import java.util.List;

/** An item that a derivation uses as it is: its path is known before it is added. */
sealed interface Addition {
    StorePath path();

    /** Adds it to the store. */
    void addTo(Daemon daemon, PackageDefinition owner) throws DaemonException, PackageException;

    /** A text without references; the derivation that uses it has them. */
    record Text(StorePath path, byte[] contents) implements Addition {
        @Override
        public void addTo(Daemon daemon, PackageDefinition owner) throws DaemonException {
            daemon.addText(path.name(), contents, List.of());
        }
    }

    /** A file or folder of the channel. */
    record Tree(StorePath path, Path source) implements Addition {
        @Override
        public void addTo(Daemon daemon, PackageDefinition owner) throws DaemonException, PackageException {
            StorePath added = daemon.addTree(path.name(), source, true, HashAlgorithm.SHA256);
            if (!added.equals(path)) {
                throw new PackageException.BadSource(
                        owner, "'" + source + "' was changed while it was read; try again", Optional.empty());
            }
        }
    }
}
