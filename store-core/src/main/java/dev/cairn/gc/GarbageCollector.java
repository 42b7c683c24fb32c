// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.CollectionRequest.Action;
import dev.cairn.daemon.CollectionResult;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.Root;
import dev.cairn.database.StoreDatabase;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.PosixLock;
import dev.cairn.layout.Places;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Collects garbage (formats, section 9), on behalf of one session: the session's own temporary roots, as far as no
 * operation of it is running, keep nothing.
 *
 * <p>A collection that deletes holds {@code gc.lock} exclusively, so that nobody can add temporary roots between the
 * search for roots and the last deletion; what only looks holds it shared. Ended at any instant, by an interrupt or a
 * signal, it leaves a sound store.
 */
public final class GarbageCollector {
    /** A disk with less left gets the database's reserve, so that rows can be deleted at all. */
    private static final long SCARCE = 16L * 1024 * 1024;

    private final StoreLayout layout;
    private final StoreDatabase database;
    private final TemporaryRoots temporaryRoots;
    private final TemporaryRoots.Holder session;
    private final Keeping keeping;
    private final Path processes;

    public GarbageCollector(
            StoreLayout layout,
            StoreDatabase database,
            TemporaryRoots temporaryRoots,
            TemporaryRoots.Holder session,
            Keeping keeping) {
        this(layout, database, temporaryRoots, session, keeping, Path.of("/proc"));
    }

    /** @param processes the folder that stands for {@code /proc} */
    GarbageCollector(
            StoreLayout layout,
            StoreDatabase database,
            TemporaryRoots temporaryRoots,
            TemporaryRoots.Holder session,
            Keeping keeping,
            Path processes) {
        this.layout = layout;
        this.database = database;
        this.temporaryRoots = temporaryRoots;
        this.session = session;
        this.keeping = keeping;
        this.processes = processes;
    }

    /** Everything that keeps valid items alive, links first. Links in {@code gcroots/auto} that lead nowhere go. */
    public List<Root> roots(EventSink events) throws DaemonException {
        try (Activities.Activity activity = new Activities(events)
                        .start(Event.Kind.COLLECT, layout.storeDirectory().path());
                PosixLock _ = lock(PosixLock.Mode.SHARED, activity);
                ForeignRoots foreign = ForeignRoots.read(layout, temporaryRoots.file(), Optional.empty())) {
            List<Root> roots = allRoots(foreign, true, activity);
            activity.finish();
            SortedSet<StorePath> valid =
                    database.valid(roots.stream().map(Root::item).toList());
            return roots.stream().filter(root -> valid.contains(root.item())).toList();
        } catch (IOException e) {
            throw DaemonException.of("looking for garbage collector roots", e);
        }
    }

    /**
     * Lists or deletes.
     *
     * @throws DaemonException.StillAlive when one of the items to delete is live; nothing was deleted then
     */
    public CollectionResult collect(CollectionRequest request, EventSink events) throws DaemonException {
        try (Activities.Activity activity = new Activities(events)
                .start(Event.Kind.COLLECT, layout.storeDirectory().path())) {
            CollectionResult result =
                    switch (request.action()) {
                        case LIST_LIVE, LIST_DEAD -> list(request.action(), activity);
                        case DELETE_DEAD, DELETE_SPECIFIC -> delete(request, activity);
                    };
            activity.finish();
            return result;
        } catch (IOException e) {
            throw DaemonException.of("collecting garbage", e);
        }
    }

    private CollectionResult list(Action action, Activities.Activity activity) throws DaemonException, IOException {
        try (PosixLock _ = lock(PosixLock.Mode.SHARED, activity);
                ForeignRoots foreign = foreign(false, activity)) {
            Survey survey = survey(foreign, false, Optional.of("determining live/dead paths..."), activity);
            List<String> paths = new ArrayList<>();
            for (int item : survey.items(action == Action.LIST_LIVE)) {
                paths.add(survey.graph().paths().get(item).toString());
            }
            if (action == Action.LIST_DEAD) {
                survey.strays().forEach(stray -> paths.add(layout.storeDirectory() + "/" + stray.getFileName()));
                paths.sort(null);
            }
            return new CollectionResult(paths, 0);
        }
    }

    private CollectionResult delete(CollectionRequest request, Activities.Activity activity)
            throws DaemonException, IOException {
        if (request.limit().equals(OptionalLong.of(0))) {
            return new CollectionResult(List.of(), 0);
        }
        Remover remover;
        List<String> removed;
        boolean real = !request.dryRun();
        boolean specific = request.action() == Action.DELETE_SPECIFIC;
        try (Exclusion _ = exclude(real, activity);
                ForeignRoots foreign = foreign(real, activity)) {
            Survey survey =
                    survey(foreign, real, specific ? Optional.empty() : Optional.of("deleting garbage..."), activity);
            if (specific) {
                requireDead(survey, request.paths());
            }
            activity.phase("deleting");
            if (real) {
                releaseReserveIfScarce();
            }
            remover = real ? new TrashRemover(layout, database, activity) : new Preview(layout);
            Deletion deletion = new Deletion(layout, survey, remover, activity, request.limit());
            if (specific) {
                deleteSpecific(survey, deletion, request.paths());
            } else {
                deletion.everything();
            }
            removed = deletion.removed();
        }
        activity.phase("emptying");
        remover.finish();
        return new CollectionResult(removed, remover.freed());
    }

    private static void requireDead(Survey survey, Collection<StorePath> paths) throws DaemonException {
        for (StorePath path : paths) {
            int number = survey.number(path);
            if (number >= 0 && survey.isLive(number)) {
                throw survey.reason(path, number);
            }
            Optional<Root> protector = survey.protector(path.baseName());
            if (number < 0 && protector.isPresent()) {
                throw new DaemonException.StillAlive(path, protector.get(), List.of(path));
            }
        }
    }

    private void deleteSpecific(Survey survey, Deletion deletion, Collection<StorePath> paths)
            throws DaemonException, IOException {
        for (StorePath path : new TreeSet<>(paths)) {
            int number = survey.number(path);
            if (number >= 0) {
                deletion.item(number);
            } else if (FileTrees.exists(layout.physical(path))) {
                deletion.stray(layout.physical(path));
            }
        }
    }

    /** @param next what guix-daemon says once the roots are known */
    private Survey survey(
            ForeignRoots foreign, boolean removeStale, Optional<String> next, Activities.Activity activity)
            throws DaemonException, IOException {
        List<Root> roots = allRoots(foreign, removeStale, activity);
        next.ifPresent(text -> activity.message(Event.Verbosity.ERROR, text));
        activity.phase("marking");
        return Survey.of(layout, database, roots, keeping);
    }

    private ForeignRoots foreign(boolean removeStale, Activities.Activity activity) throws IOException {
        activity.message(Event.Verbosity.ERROR, "finding garbage collector roots...");
        activity.phase("roots");
        return ForeignRoots.read(
                layout, temporaryRoots.file(), removeStale ? Optional.of(activity) : Optional.empty());
    }

    private List<Root> allRoots(ForeignRoots foreign, boolean removeStale, Activities.Activity activity)
            throws IOException {
        PersistentRoots persistent =
                new PersistentRoots(layout, removeStale ? Optional.of(activity) : Optional.empty());
        List<Root> roots = new ArrayList<>(persistent.find());
        roots.addAll(new RuntimeRoots(layout, processes).find());
        roots.addAll(foreign.roots());
        temporaryRoots
                .heldBesides(Optional.of(session))
                .forEach((path, name) -> roots.add(new Root(Root.Kind.TEMPORARY, name, path)));
        return roots;
    }

    /** What keeps others from adding roots. */
    private record Exclusion(PosixLock lock, Optional<RootsSocket> socket) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try (lock) {
                if (socket.isPresent()) {
                    socket.get().close();
                }
            }
        }
    }

    /** @param real whether something is to be deleted */
    private Exclusion exclude(boolean real, Activities.Activity activity) throws IOException {
        boolean nix = real && layout.places().schema() == Places.NIX_SCHEMA;
        if (nix) {
            RootsSocket.prepare(layout);
        }
        PosixLock lock = lock(real ? PosixLock.Mode.EXCLUSIVE : PosixLock.Mode.SHARED, activity);
        try {
            return new Exclusion(lock, nix ? Optional.of(RootsSocket.listen(layout)) : Optional.empty());
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private PosixLock lock(PosixLock.Mode mode, Activities.Activity activity) throws IOException {
        Path file = TemporaryRoots.gcLock(layout);
        Optional<PosixLock> free = PosixLock.tryAcquire(file, mode);
        if (free.isPresent()) {
            return free.get();
        }
        activity.message(Event.Verbosity.ERROR, "waiting for the big garbage collector lock...");
        return PosixLock.acquire(file, mode);
    }

    private void releaseReserveIfScarce() throws DaemonException, IOException {
        if (Files.getFileStore(layout.state()).getUsableSpace() < SCARCE) {
            database.releaseReserve();
        }
    }
}
