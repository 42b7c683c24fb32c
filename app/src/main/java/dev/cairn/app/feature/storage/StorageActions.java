// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import dev.cairn.daemon.CollectionResult;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import java.util.Collection;

/** What the storage page asks of the store and the profile. Calls block. */
public interface StorageActions {
    /** Looks at everything in the store. */
    StorageSnapshot read() throws CairnException;

    /** What a collection would delete now, with the octets on disk that would free. */
    CollectionResult preview() throws CairnException;

    /** Deletes generations of the user's profile, then everything that nothing needs. */
    CollectionResult collect(Collection<Integer> generations, EventSink events) throws CairnException;
}
