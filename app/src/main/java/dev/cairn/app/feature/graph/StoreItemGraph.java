// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import dev.cairn.app.format.ByteSizes;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.PathInfo;
import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The graph of what is in the store: references of items at run time. Node identifiers are store paths. */
public final class StoreItemGraph implements GraphSource {
    private final Daemon daemon;

    public StoreItemGraph(Daemon daemon) {
        this.daemon = daemon;
    }

    @Override
    public GraphNode node(String id) throws CairnException {
        StorePath path = daemon.storeDirectory().parse(id);
        long size = daemon.pathInfo(path).map(PathInfo::narSize).orElse(0L);
        return new GraphNode(id, path.name(), ByteSizes.text(size));
    }

    @Override
    public List<String> dependencies(String id) throws CairnException {
        StorePath path = daemon.storeDirectory().parse(id);
        Optional<PathInfo> info = daemon.pathInfo(path);
        return info.isEmpty() ? List.of() : texts(info.get().references(), path);
    }

    @Override
    public List<String> dependents(String id) throws CairnException {
        StorePath path = daemon.storeDirectory().parse(id);
        SortedSet<StorePath> referrers = new TreeSet<>(daemon.referrers(path));
        // A derivation refers to what it builds from; at run time nobody needs it.
        referrers.removeIf(StorePath::isDerivation);
        return texts(referrers, path);
    }

    private static List<String> texts(SortedSet<StorePath> paths, StorePath self) {
        return paths.stream().filter(path -> !path.equals(self)).map(StorePath::toString).toList();
    }
}
