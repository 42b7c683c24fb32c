// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.archive.ArchiveException;
import dev.cairn.archive.ArchiveReader;
import dev.cairn.archive.ItemDescription;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.gc.TemporaryRoots;
import dev.cairn.path.StorePath;
import dev.cairn.substitute.Unpacked;
import dev.cairn.trust.KeyFiles;
import dev.cairn.trust.TrustException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Adds the items of export archives (formats, section 5.1). Each is unpacked aside; only when everything about it is
 * right does it go to its place.
 */
final class Imports {
    private final OpenStore store;
    private final TemporaryRoots.Holder session;
    private final boolean deduplicate;
    private final boolean needsSignatures;

    /** @param trusted whether whoever imports may vouch for items himself where the store's kind allows that */
    Imports(OpenStore store, TemporaryRoots.Holder session, boolean deduplicate, boolean trusted) {
        this.store = store;
        this.needsSignatures = !trusted || !store.layout().places().isNix();
        this.session = session;
        this.deduplicate = deduplicate;
    }

    /** See {@link dev.cairn.daemon.Daemon#importItems}. */
    List<StorePath> run(InputStream archive, EventSink events) throws DaemonException {
        List<StorePath> paths = new ArrayList<>();
        try (TemporaryRoots.Holder operation = session.operation();
                Activities.Activity activity = new Activities(events).start(Event.Kind.ADD, "archive")) {
            Signatures signatures = new Signatures(new KeyFiles(store.layout().configuration()).accessList());
            try (ArchiveReader reader = new ArchiveReader(archive, store.layout().storeDirectory());
                    Incoming incoming = new Incoming(store, operation, deduplicate)) {
                while (reader.next()) {
                    paths.add(item(reader, incoming, operation, signatures));
                    activity.progress(paths.size(), OptionalLong.empty());
                }
            }
            activity.finish();
            return paths;
        } catch (IOException e) {
            throw DaemonException.of("importing an archive", e);
        } catch (ArchiveException e) {
            throw refused(e, paths);
        } catch (TrustException e) {
            throw new DaemonException.Refused(e.getMessage(), e.hint());
        }
    }

    private StorePath item(
            ArchiveReader reader, Incoming incoming, TemporaryRoots.Holder operation, Signatures signatures)
            throws DaemonException, ArchiveException, IOException {
        Unpacked unpacked = incoming.place();
        ArchiveReader.Contents contents = reader.contents(unpacked.restorer());
        ArchiveReader.Described described = reader.description();
        ItemDescription description = described.description();
        Optional<byte[]> signature = reader.signature();
        if (needsSignatures) {
            signatures.check(description.path(), described.hash(), signature);
        }
        SortedSet<StorePath> needed = new TreeSet<>(description.references());
        description.deriver().ifPresent(needed::add);
        operation.add(needed);
        needed = store.database().valid(needed);
        for (StorePath reference : description.references()) {
            if (!reference.equals(description.path()) && !needed.contains(reference)) {
                throw DaemonException.NotValid.typographic(reference);
            }
        }
        incoming.accept(
                unpacked,
                new PathInfo(
                        description.path(),
                        contents.hash(),
                        contents.size(),
                        description.references(),
                        description.deriver().filter(needed::contains),
                        Additions.now()));
        incoming.discard(unpacked);
        return description.path();
    }

    private static DaemonException refused(ArchiveException e, List<StorePath> before) {
        String wire =
                switch (e.problem()) {
                    case NO_ARCHIVE -> "input doesn't look like something created by `nix-store --export'";
                    case TRUNCATED -> "unexpected end-of-file";
                    case BAD_CONTENTS, DAMAGED -> "bad archive: " + e.detail();
                    case WRONG_FORMAT -> "normalized archive cannot be imported; wrong format";
                    case BAD_PATH -> "path `" + e.detail() + "' is not in the store";
                };
        String where = before.isEmpty() ? "its first item" : "the item after '" + before.getLast() + "'";
        return new DaemonException.Refused(
                e.getMessage() + ": " + where + " was not imported",
                Optional.of("Fetch or export the archive again. What came before is in the store."),
                Optional.of(wire));
    }
}
