// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.CollectionResult;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.Root;
import dev.cairn.database.StoreDatabase;
import dev.cairn.event.EventSink;
import dev.cairn.layout.StoreLayout;
import java.util.List;

public final class GarbageCollector {
    public GarbageCollector(StoreLayout layout, StoreDatabase database, TemporaryRoots roots, TemporaryRoots.Holder session) {
    }

    public List<Root> roots() throws DaemonException {
        throw new UnsupportedOperationException();
    }

    public CollectionResult collect(CollectionRequest request, EventSink events) throws DaemonException {
        throw new UnsupportedOperationException();
    }
}
