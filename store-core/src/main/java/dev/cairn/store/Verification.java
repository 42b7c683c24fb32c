// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.VerificationReport;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import dev.cairn.fs.NarFiles;
import dev.cairn.fs.PosixLock;
import dev.cairn.gc.TemporaryRoots;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One check of a store (daemon, section 4.9). For one thread. */
final class Verification {
    private static final Hash UNKNOWN = new Hash(HashAlgorithm.SHA256, new byte[32]);

    private final OpenStore store;
    private final Activities.Activity activity;
    private final Optional<Upkeep.Repair> repair;
    private final Set<StorePath> looked = new HashSet<>();
    private final List<StorePath> missing = new ArrayList<>();
    private final List<StorePath> corrupt = new ArrayList<>();
    private final List<StorePath> repaired = new ArrayList<>();

    /** @param repair makes an item anew; empty to leave what is wrong */
    Verification(OpenStore store, Activities.Activity activity, Optional<Upkeep.Repair> repair) {
        this.store = store;
        this.activity = activity;
        this.repair = repair;
    }

    VerificationReport run(boolean contents) throws DaemonException, IOException {
        List<StorePath> gone = new ArrayList<>();
        int items;
        // Nobody may delete or take over what is being looked at.
        try (PosixLock _ = PosixLock.acquire(TemporaryRoots.gcLock(store.layout()), PosixLock.Mode.EXCLUSIVE)) {
            activity.message(Event.Verbosity.INFO, "checking path existence...");
            List<StorePath> paths = store.database().allPaths();
            items = paths.size();
            for (StorePath path : paths) {
                Interrupts.check();
                if (!looked.contains(path)) {
                    exists(path, gone);
                }
            }
        }
        for (StorePath path : gone) {
            mend(path, missing);
        }
        if (contents) {
            contents();
        } else {
            activity.progress(items, OptionalLong.of(items));
        }
        return new VerificationReport(items, missing, corrupt, repaired);
    }

    /** Whether an item's files are there; what refers to it is looked at first, because it keeps the item's row. */
    private boolean exists(StorePath start, List<StorePath> gone) throws DaemonException {
        looked.add(start);
        if (FileTrees.exists(store.layout().physical(start))) {
            return true;
        }
        boolean needed = false;
        for (StorePath referrer : store.database().referrers(start)) {
            if (!referrer.equals(start)) {
                boolean there = looked.contains(referrer)
                        ? store.database().isValid(referrer)
                        : exists(referrer, gone);
                needed |= there;
            }
        }
        if (!needed) {
            activity.message(
                    Event.Verbosity.ERROR, "path `" + start + "' disappeared, removing from database...");
            store.database().invalidate(start);
            missing.add(start);
            return false;
        }
        activity.message(
                Event.Verbosity.ERROR, "path `" + start + "' disappeared, but it still has valid referrers!");
        gone.add(start);
        return true;
    }

    private void contents() throws DaemonException, IOException {
        activity.message(Event.Verbosity.INFO, "checking hashes...");
        List<StorePath> paths = store.database().allPaths();
        long done = 0;
        for (StorePath path : paths) {
            Interrupts.check();
            activity.progress(++done, OptionalLong.of(paths.size()));
            Optional<PathInfo> info = store.database().pathInfo(path);
            // Stores of old hold items whose hash nobody wrote down; some vanish while this runs.
            if (info.isEmpty() || info.get().narHash().equals(UNKNOWN) || missing.contains(path)) {
                continue;
            }
            Optional<Hash> actual = hash(path);
            if (!actual.equals(Optional.of(info.get().narHash())) && store.database().isValid(path)) {
                activity.message(
                        Event.Verbosity.ERROR,
                        "path `" + path + "' was modified! expected hash `"
                                + info.get().narHash().hex() + "', got `"
                                + actual.map(Hash::hex).orElse("")
                                + "'");
                mend(path, corrupt);
            }
        }
    }

    /** Empty when the item cannot be read or archived, which is not what was registered either. */
    private Optional<Hash> hash(StorePath path) throws IOException {
        try {
            return Optional.of(NarFiles.summarise(store.layout().physical(path)).hash());
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw e;
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private void mend(StorePath path, List<StorePath> otherwise) throws DaemonException {
        if (repair.isPresent() && repair.get().attempt(path)) {
            repaired.add(path);
        } else {
            otherwise.add(path);
        }
    }
}
