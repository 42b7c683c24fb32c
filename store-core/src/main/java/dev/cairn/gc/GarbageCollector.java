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
    private final Path processes;

    public GarbageCollector(
            StoreLayout layout,
            StoreDatabase database,
            TemporaryRoots temporaryRoots,
            TemporaryRoots.Holder session) {
        this(layout, database, temporaryRoots, session, Path.of("/proc"));
    }

    /** @param processes the folder that stands for {@code /proc} */
    GarbageCollector(
            StoreLayout layout,
            StoreDatabase database,
            TemporaryRoots temporaryRoots,
            TemporaryRoots.Holder session,
            Path processes) {
        this.layout = layout;
        this.database = database;
        this.temporaryRoots = temporaryRoots;
        this.session = session;
        this.processes = processes;
    }

    /** Everything that keeps valid items alive, links first. */
    public List<Root> roots() throws DaemonException {
        try (PosixLock _ = lock(PosixLock.Mode.SHARED);
                ForeignRoots foreign = ForeignRoots.read(layout, temporaryRoots.file(), false)) {
            List<Root> roots = allRoots(foreign, false);
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
        try (PosixLock _ = lock(PosixLock.Mode.SHARED);
                ForeignRoots foreign = ForeignRoots.read(layout, temporaryRoots.file(), false)) {
            Survey survey = survey(foreign, false, activity);
            List<String> paths = new ArrayList<>();
            long bytes = 0;
            for (int item : survey.items(action == Action.LIST_LIVE)) {
                paths.add(survey.graph().paths().get(item).toString());
                bytes += survey.graph().narSizes()[item];
            }
            if (action == Action.LIST_DEAD) {
                survey.strays().forEach(stray -> paths.add(layout.storeDirectory() + "/" + stray.getFileName()));
                paths.sort(null);
            }
            return new CollectionResult(paths, bytes);
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
        try (PosixLock _ = lock(real ? PosixLock.Mode.EXCLUSIVE : PosixLock.Mode.SHARED);
                ForeignRoots foreign = ForeignRoots.read(layout, temporaryRoots.file(), real)) {
            Survey survey = survey(foreign, real, activity);
            if (request.action() == Action.DELETE_SPECIFIC) {
                requireDead(survey, request.paths());
            }
            activity.phase("deleting");
            if (real) {
                releaseReserveIfScarce();
            }
            remover = real ? new TrashRemover(layout, database) : new Preview(layout);
            Deletion deletion = new Deletion(layout, survey, remover, activity, request.limit());
            if (request.action() == Action.DELETE_SPECIFIC) {
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

    private Survey survey(ForeignRoots foreign, boolean removeStale, Activities.Activity activity)
            throws DaemonException, IOException {
        activity.phase("roots");
        List<Root> roots = allRoots(foreign, removeStale);
        activity.phase("marking");
        return Survey.of(layout, database, roots);
    }

    private List<Root> allRoots(ForeignRoots foreign, boolean removeStale) throws IOException {
        List<Root> roots = new ArrayList<>(new PersistentRoots(layout, removeStale).find());
        roots.addAll(new RuntimeRoots(layout, processes).find());
        roots.addAll(foreign.roots());
        temporaryRoots
                .heldBesides(Optional.of(session))
                .forEach((path, name) -> roots.add(new Root(Root.Kind.TEMPORARY, name, path)));
        return roots;
    }

    private PosixLock lock(PosixLock.Mode mode) throws IOException {
        return PosixLock.acquire(TemporaryRoots.gcLock(layout), mode);
    }

    private void releaseReserveIfScarce() throws DaemonException, IOException {
        if (Files.getFileStore(layout.state()).getUsableSpace() < SCARCE) {
            database.releaseReserve();
        }
    }
}
