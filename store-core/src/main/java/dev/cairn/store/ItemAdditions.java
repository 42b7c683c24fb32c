// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.error.FormatException;
import dev.cairn.gc.TemporaryRoots;
import dev.cairn.hash.BackgroundDigest;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.nar.NarReader;
import dev.cairn.nar.NarSink;
import dev.cairn.nar.NarTee;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.ContentAddress;
import dev.cairn.path.StorePath;
import dev.cairn.substitute.NamedContents;
import dev.cairn.substitute.Unpacked;
import dev.cairn.trust.NixConfiguration;
import dev.cairn.trust.TrustException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Adds items of which everything is known beforehand, as Nix's stores send them to each other (daemon, section 17).
 * Each is unpacked aside and goes to its place only when it is what was said.
 */
final class ItemAdditions {
    private final OpenStore store;
    private final TemporaryRoots.Holder session;
    private final boolean deduplicate;

    ItemAdditions(OpenStore store, TemporaryRoots.Holder session, boolean deduplicate) {
        this.store = store;
        this.session = session;
        this.deduplicate = deduplicate;
    }

    /** See {@link dev.cairn.daemon.Daemon#addItem}. */
    void add(PathInfo info, InputStream nar, boolean checkSignatures) throws DaemonException {
        try (TemporaryRoots.Holder operation = session.operation()) {
            SortedSet<StorePath> needed = new TreeSet<>(info.references());
            needed.add(info.path());
            info.deriver().ifPresent(needed::add);
            operation.add(needed);
            SortedSet<StorePath> valid = store.database().valid(needed);
            NarReader reader = new NarReader(nar);
            if (valid.contains(info.path())) {
                reader.read(NarSink.IGNORING);
                return;
            }
            try (Incoming incoming = new Incoming(store, operation, deduplicate);
                    BackgroundDigest digest = new BackgroundDigest(HashAlgorithm.SHA256)) {
                Unpacked unpacked = incoming.place();
                NarWriter hashed = new NarWriter(digest.before(OutputStream.nullOutputStream()));
                reader.read(new NarTee(hashed, unpacked.restorer()));
                hashed.finish();
                // The archive was read to its end before anything is refused, so that whoever sent it can go on.
                checkContents(info, digest.hash(), digest.count());
                checkOrigin(info, unpacked.place(), checkSignatures);
                for (StorePath reference : info.references()) {
                    if (!reference.equals(info.path()) && !valid.contains(reference)) {
                        throw DaemonException.NotValid.typographic(reference);
                    }
                }
                incoming.accept(unpacked, info);
            }
        } catch (IOException e) {
            throw DaemonException.of("adding '" + info.path() + "'", e);
        } catch (FormatException e) {
            throw new DaemonException.Refused(
                    "the archive of '" + info.path() + "' is refused: " + e.getMessage(),
                    Optional.of("It must be canonical: entries sorted by name and nothing that a writer would not "
                            + "write."),
                    Optional.of("bad archive: " + e.getMessage()));
        } catch (TrustException e) {
            throw new DaemonException.Refused(e.getMessage(), e.hint());
        }
    }

    private static void checkContents(PathInfo info, Hash hash, long size) throws DaemonException {
        if (!hash.equals(info.narHash()) || info.narSize() != 0 && size != info.narSize()) {
            throw new DaemonException.Refused(
                    "'" + info.path() + "' is not what it was said to be: hash mismatch, expected "
                            + info.narHash().base32() + " (" + info.narSize() + " octets), got " + hash.base32() + " ("
                            + size + " octets)",
                    Optional.of("It was damaged or tampered with on its way. Fetch it again."));
        }
    }

    /** What is named by its contents, or was signed by a key that is trusted, may come from anybody. */
    private void checkOrigin(PathInfo info, Path unpacked, boolean checkSignatures)
            throws DaemonException, TrustException, IOException {
        if (isNamedByItsContents(info, unpacked) || !checkSignatures) {
            return;
        }
        NixConfiguration configuration = NixConfiguration.read(store.layout().configuration());
        if (configuration.requiresSignatures() && !ItemSignatures.isSigned(info, configuration.trustedKeys())) {
            throw new DaemonException.Refused(
                    "cannot add path '" + info.path() + "' because it lacks a signature by a trusted key",
                    Optional.of("Sign it with a key whose public half stands under trusted-public-keys in '"
                            + store.layout().configuration().resolve("nix.conf") + "'."));
        }
    }

    /** @return whether it is proved that the name follows from the contents */
    private boolean isNamedByItsContents(PathInfo info, Path unpacked) throws DaemonException, IOException {
        Optional<String> text = info.provenance().contentAddress();
        if (text.isEmpty()) {
            return false;
        }
        try {
            ContentAddress address = ContentAddress.parse(text.get());
            StorePath path = address.path(
                    store.layout().storeDirectory(), info.path().name(), info.references(), info.path());
            if (path.equals(info.path())) {
                // The hash of a tree that refers to itself cannot be compared, so somebody has to vouch for it.
                boolean provable = NamedContents.isProvable(address, info.references());
                if (!provable
                        || NamedContents.hash(address, unpacked, info.narHash())
                                .filter(address.hash()::equals)
                                .isPresent()) {
                    return provable;
                }
            }
        } catch (FormatException _) {
            // As wrong as one that means something else.
        }
        throw new DaemonException.Refused(
                "'" + info.path() + "' is not named by its contents, though it is said to be: '" + text.get() + "'",
                Optional.of("It was damaged or tampered with on its way. Fetch it again."));
    }
}
