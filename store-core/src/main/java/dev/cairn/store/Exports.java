// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.archive.ArchiveWriter;
import dev.cairn.archive.ItemDescription;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.error.FormatException;
import dev.cairn.fs.NarFiles;
import dev.cairn.gc.TemporaryRoots;
import dev.cairn.hash.Hash;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StorePath;
import dev.cairn.signature.SecretKey;
import dev.cairn.trust.KeyFiles;
import dev.cairn.trust.TrustException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** Writes items into export archives (formats, section 5.1). */
final class Exports {
    private final OpenStore store;
    private final TemporaryRoots.Holder session;

    Exports(OpenStore store, TemporaryRoots.Holder session) {
        this.store = store;
        this.session = session;
    }

    /** See {@link dev.cairn.daemon.Daemon#exportItem}. */
    void export(StorePath path, boolean sign, OutputStream out) throws DaemonException {
        try (TemporaryRoots.Holder operation = session.operation();
                ArchiveWriter.Item item = new ArchiveWriter.Item(out)) {
            operation.add(List.of(path));
            PathInfo info = store.database().pathInfo(path).orElseThrow(() -> new DaemonException.NotValid(path));
            Optional<SecretKey> key = sign ? Optional.of(signingKey()) : Optional.empty();
            NarWriter contents = new NarWriter(item.contents());
            NarFiles.dump(store.layout().physical(path), contents);
            contents.finish();
            checkUnchanged(info, item.contentsHash());
            Hash hash = item.describe(new ItemDescription(path, info.references(), info.deriver()));
            item.sign(key.isPresent() ? Optional.of(key.get().sign(hash).octets()) : Optional.empty());
        } catch (IOException e) {
            throw DaemonException.of("exporting '" + path + "'", e);
        } catch (FormatException e) {
            throw new DaemonException.Refused(e.getMessage(), e.hint());
        }
    }

    private SecretKey signingKey() throws DaemonException, IOException {
        try {
            return new KeyFiles(store.layout().configuration()).signingKey();
        } catch (TrustException.NotSecret e) {
            throw new DaemonException.Refused(e.getMessage(), e.hint(), Optional.of(e.wireMessage()));
        } catch (TrustException e) {
            throw new DaemonException.Refused(e.getMessage(), e.hint());
        }
    }

    private static void checkUnchanged(PathInfo info, Hash hash) throws DaemonException {
        if (!hash.equals(info.narHash())) {
            throw new DaemonException.Refused(
                    "the contents of '" + info.path() + "' are not those that were registered",
                    Optional.of("Something wrote to the store. 'cairn verify --contents' finds all such items."),
                    Optional.of("hash of path `" + info.path() + "' has changed from `" + info.narHash().hex()
                            + "' to `" + hash.hex() + "'!"));
        }
    }
}
