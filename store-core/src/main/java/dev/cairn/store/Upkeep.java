// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.VerificationReport;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import dev.cairn.fs.NarFiles;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Goes through all items of a store: to check them, or to share their equal files. */
final class Upkeep {
    private final OpenStore store;

    Upkeep(OpenStore store) {
        this.store = store;
    }

    VerificationReport verify(boolean contents, EventSink events) throws DaemonException {
        List<StorePath> missing = new ArrayList<>();
        List<StorePath> corrupt = new ArrayList<>();
        int checked = 0;
        store.database().checkIntegrity();
        List<StorePath> paths = store.database().allPaths();
        try (Activities.Activity activity =
                new Activities(events).start(Event.Kind.VERIFY, store.layout().storeDirectory().path())) {
            for (StorePath path : paths) {
                Interrupts.check();
                if (!FileTrees.exists(store.layout().physical(path))) {
                    addIfStillValid(missing, path);
                } else if (contents && !hasItsContents(path)) {
                    addIfStillValid(corrupt, path);
                }
                activity.progress(++checked, OptionalLong.of(paths.size()));
            }
            activity.finish();
            return new VerificationReport(checked, missing, corrupt);
        } catch (IOException e) {
            throw DaemonException.of("checking the store", e);
        }
    }

    /** What a collection deleted meanwhile is not missing. */
    private void addIfStillValid(List<StorePath> found, StorePath path) throws DaemonException {
        if (store.database().isValid(path)) {
            found.add(path);
        }
    }

    private boolean hasItsContents(StorePath path) throws DaemonException, IOException {
        Optional<PathInfo> info = store.database().pathInfo(path);
        // Stores of old hold items whose hash nobody wrote down.
        if (info.isEmpty() || Arrays.equals(info.get().narHash().octets(), new byte[32])) {
            return true;
        }
        try {
            return NarFiles.summarise(store.layout().physical(path)).hash().equals(info.get().narHash());
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw e;
        } catch (IOException _) {
            // Something that cannot be read or archived is not what was registered.
            return false;
        }
    }

    long optimise(EventSink events) throws DaemonException {
        List<StorePath> paths = store.database().allPaths();
        long saved = 0;
        long done = 0;
        try (Activities.Activity activity =
                new Activities(events).start(Event.Kind.OPTIMISE, store.layout().storeDirectory().path())) {
            for (StorePath path : paths) {
                Interrupts.check();
                saved += optimise(store.layout().physical(path));
                activity.progress(++done, OptionalLong.of(paths.size()));
            }
            activity.finish();
            return saved;
        } catch (IOException e) {
            throw DaemonException.of("linking equal files", e);
        }
    }

    private long optimise(Path item) throws IOException {
        try {
            return store.deduplicator().deduplicate(item);
        } catch (NoSuchFileException _) {
            // A collection was here first, or the item is missing, which is for verification to say.
            return 0;
        }
    }
}
