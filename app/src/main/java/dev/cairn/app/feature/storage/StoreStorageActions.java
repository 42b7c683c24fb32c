// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import dev.cairn.app.profile.ProfileActions;
import dev.cairn.app.task.Source;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.CollectionResult;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.Root;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.launch.Launchers;
import dev.cairn.layout.StoreLayout;
import dev.cairn.profile.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The storage page's view of a real store and the user's profile in it. */
public final class StoreStorageActions implements StorageActions {
    private final StoreLayout layout;
    private final Source<Daemon> daemon;
    private final ProfileActions profile;

    public StoreStorageActions(StoreLayout layout, Source<Daemon> daemon, ProfileActions profile) {
        this.layout = layout;
        this.daemon = daemon;
        this.profile = profile;
    }

    @Override
    public StorageSnapshot read() throws CairnException {
        Map<String, Generation> generations = new HashMap<>();
        for (Generation generation : profile.generations()) {
            generations.put(profile.link() + "-" + generation.number() + "-link", generation);
        }
        List<StorageRoot> roots = new ArrayList<>();
        for (Root root : new LinkedHashSet<>(daemon.get().roots())) {
            Optional<Generation> generation = Optional.ofNullable(generations.get(root.name()));
            roots.add(new StorageRoot(root.kind(), root.name(), root.item(), generation));
        }
        return new StorageSnapshot(daemon.get().graph(), roots, freeSpace());
    }

    @Override
    public CollectionResult preview() throws CairnException {
        return daemon.get().collectGarbage(CollectionRequest.deleteDead(Optional.empty(), true), EventSink.NONE);
    }

    @Override
    public CollectionResult collect(Collection<Integer> generations, EventSink events) throws CairnException {
        if (!generations.isEmpty()) {
            profile.deleteGenerations(generations);
        }
        new Launchers(layout).tidy();
        return daemon.get().collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), events);
    }

    private long freeSpace() throws CairnException {
        try {
            return Files.getFileStore(layout.physicalStore()).getUsableSpace();
        } catch (IOException e) {
            throw new DaemonException.StoreIo(
                    "cannot ask for the free space of '" + layout.physicalStore() + "': " + e.getMessage(),
                    Optional.empty(),
                    Optional.of(e));
        }
    }
}
