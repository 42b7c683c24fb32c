// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.bridge.wire.Dialect;
import dev.cairn.bridge.wire.WireException;
import dev.cairn.bridge.wire.WireLimits;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.daemon.PathInfo;
import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/** Reads what daemons tell of items (daemon, sections 4.3 and 17). */
final class PathInfos {
    private PathInfos() {}

    static PathInfo read(WireReader in, StoreDirectory store, Dialect dialect, StorePath path) throws IOException {
        Optional<StorePath> deriver = optionalPath(in, store);
        Hash hash = hash(in.readText(WireLimits.NAME));
        TreeSet<StorePath> references = new TreeSet<>(in.readStorePaths(store));
        Instant registered = Instant.ofEpochSecond(in.readInt());
        long size = in.readLong();
        if (dialect == Dialect.NIX) {
            // Whether it was built here, signatures, and what it is addressed by.
            in.readBool();
            in.readTexts();
            in.readText(WireLimits.NAME);
        }
        return new PathInfo(path, hash, Math.max(size, 0), references, deriver, registered);
    }

    /** The name of an item, or an empty text for none. */
    static Optional<StorePath> optionalPath(WireReader in, StoreDirectory store) throws IOException {
        String text = in.readText(WireLimits.NAME);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(store.parse(text));
        } catch (FormatException e) {
            throw new WireException(e.getMessage());
        }
    }

    private static Hash hash(String text) throws WireException {
        try {
            return Hash.parse(HashAlgorithm.SHA256, text);
        } catch (FormatException e) {
            throw new WireException(e.getMessage());
        }
    }
}
