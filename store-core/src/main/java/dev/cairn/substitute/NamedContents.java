// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.fs.NarFiles;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.hash.HashingOutputStream;
import dev.cairn.path.ContentAddress;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/** What proves that an item is the one that its name says, without anybody's word. */
public final class NamedContents {
    private NamedContents() {}

    /** Whether it can be found out at all: the hash of a tree that refers to others cannot be compared. */
    public static boolean isProvable(ContentAddress address, Collection<StorePath> references) {
        return address.method() != ContentAddress.Method.RECURSIVE || references.isEmpty();
    }

    /**
     * The hash that names what was unpacked; empty where nothing of that method could have been.
     *
     * @param narHash of the archive that was unpacked, so that what it tells is not computed again
     */
    public static Optional<Hash> hash(ContentAddress address, Path unpacked, Hash narHash) throws IOException {
        HashAlgorithm algorithm = address.hash().algorithm();
        if (address.method() == ContentAddress.Method.RECURSIVE) {
            return Optional.of(
                    algorithm == narHash.algorithm() ? narHash : NarFiles.summarise(unpacked, algorithm).hash());
        }
        if (!Files.isRegularFile(unpacked, LinkOption.NOFOLLOW_LINKS) || Files.isExecutable(unpacked)) {
            return Optional.empty();
        }
        HashingOutputStream hashing = new HashingOutputStream(algorithm);
        Files.copy(unpacked, hashing);
        return Optional.of(hashing.hash());
    }
}
