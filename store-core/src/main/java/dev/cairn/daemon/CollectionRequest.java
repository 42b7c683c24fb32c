// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.path.StorePath;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a garbage collection is to do.
 *
 * @param action list or delete
 * @param limit for {@link Action#DELETE_DEAD}: stop as soon as more octets than this were freed; empty for no limit
 * @param paths for {@link Action#DELETE_SPECIFIC}: the items
 * @param dryRun for the deleting actions: report what would go and change nothing
 */
public record CollectionRequest(Action action, OptionalLong limit, Set<StorePath> paths, boolean dryRun) {
    /** The actions of a collection (formats, section 9.5). */
    public enum Action {
        LIST_LIVE,
        LIST_DEAD,
        DELETE_DEAD,
        DELETE_SPECIFIC
    }

    public CollectionRequest {
        paths = Collections.unmodifiableSet(new TreeSet<>(paths));
    }

    /** Lists what is alive. */
    public static CollectionRequest listLive() {
        return new CollectionRequest(Action.LIST_LIVE, OptionalLong.empty(), Set.of(), false);
    }

    /** Lists what a collection would delete. */
    public static CollectionRequest listDead() {
        return new CollectionRequest(Action.LIST_DEAD, OptionalLong.empty(), Set.of(), false);
    }

    /** Deletes what is dead. @param limit octets after which it stops; without one everything goes */
    public static CollectionRequest deleteDead(Optional<Long> limit, boolean dryRun) {
        OptionalLong max = limit.isPresent() ? OptionalLong.of(limit.get()) : OptionalLong.empty();
        return new CollectionRequest(Action.DELETE_DEAD, max, Set.of(), dryRun);
    }

    /** Deletes these items, and what refers to them, if all of that is dead. */
    public static CollectionRequest deleteSpecific(Set<StorePath> paths, boolean dryRun) {
        return new CollectionRequest(Action.DELETE_SPECIFIC, OptionalLong.empty(), paths, dryRun);
    }
}
