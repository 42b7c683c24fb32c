// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.VerificationReport;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.fs.Deduplicator;
import dev.cairn.fs.Interrupts;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Goes through all items of a store: to check them, or to share their equal files. */
final class Upkeep {
    private final OpenStore store;

    Upkeep(OpenStore store) {
        this.store = store;
    }

    /**
     * Checks, in guix-daemon's order and words: first that all items have files, then, where asked for, what is in
     * them. Items without files are forgotten, unless others refer to them: whatever needs one makes it anew.
     *
     * @param repair makes an item anew and tells whether that did; empty to leave what is wrong
     */
    VerificationReport verify(boolean contents, Optional<Repair> repair, EventSink events) throws DaemonException {
        store.database().checkIntegrity();
        try (Activities.Activity activity =
                new Activities(events).start(Event.Kind.VERIFY, store.layout().storeDirectory().path())) {
            activity.message(Event.Verbosity.ERROR, "reading the store...");
            VerificationReport report = new Verification(store, activity, repair).run(contents);
            activity.finish();
            return report;
        } catch (IOException e) {
            throw DaemonException.of("checking the store", e);
        }
    }

    /** A way to make an item anew whose files are gone or changed. */
    @FunctionalInterface
    interface Repair {
        /** Tries to. @return whether the item has its contents now */
        boolean attempt(StorePath item) throws DaemonException;
    }

    long optimise(EventSink events) throws DaemonException {
        List<StorePath> paths = store.database().allPaths();
        Deduplicator.Saving saving = Deduplicator.Saving.NONE;
        long done = 0;
        try (Activities.Activity activity =
                new Activities(events).start(Event.Kind.OPTIMISE, store.layout().storeDirectory().path())) {
            Deduplicator linked = store.deduplicator().knowingWhatIsLinked();
            for (StorePath path : paths) {
                Interrupts.check();
                saving = saving.plus(optimise(linked, store.layout().physical(path)));
                activity.progress(++done, OptionalLong.of(paths.size()));
            }
            activity.message(
                    Event.Verbosity.ERROR,
                    String.format(
                            Locale.ROOT,
                            "%.2f MiB freed by hard-linking %d files",
                            saving.octets() / (1024.0 * 1024.0),
                            saving.files()));
            activity.finish();
            return saving.octets();
        } catch (IOException e) {
            throw DaemonException.of("linking equal files", e);
        }
    }

    private static Deduplicator.Saving optimise(Deduplicator deduplicator, Path item) throws IOException {
        try {
            return deduplicator.deduplicate(item);
        } catch (NoSuchFileException _) {
            // A collection was here first, or the item is missing, which is for verification to say.
            return Deduplicator.Saving.NONE;
        }
    }
}
