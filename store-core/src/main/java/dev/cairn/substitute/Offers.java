// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.daemon.DaemonException;
import dev.cairn.event.EventSink;
import dev.cairn.path.StorePath;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Where items may be fetched from. */
@FunctionalInterface
public interface Offers {
    /**
     * What is known of one item.
     *
     * @param candidates those to be tried, the best first; all of them are vouched for
     * @param reasons why servers do not serve, each naming the server
     */
    record Found(List<Candidate> candidates, List<String> reasons) {
        /** Nobody said anything. */
        static final Found NOTHING = new Found(List.of(), List.of());

        public Found {
            candidates = List.copyOf(candidates);
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Looks items up, all at once. Those that are not in the answer nobody was asked for.
     *
     * @param events is told of servers that do not answer
     */
    Map<StorePath, Found> find(Collection<StorePath> paths, EventSink events) throws DaemonException;

    /** The same of all servers, also of those that come after one that offers an item. */
    default Map<StorePath, Found> findAll(Collection<StorePath> paths, EventSink events) throws DaemonException {
        return find(paths, events);
    }
}
