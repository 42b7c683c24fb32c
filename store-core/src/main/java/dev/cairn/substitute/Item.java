// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.daemon.PathInfo;
import dev.cairn.path.StorePath;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An item on its way. Used by the thread of its {@link Run}, its activity and lock by the thread that fetches it too.
 */
final class Item {
    /** How far it is. */
    enum State {
        /** Servers are asked for it. */
        SOUGHT,
        /** It waits for a slot, or for somebody else who works on it. */
        READY,
        RUNNING,
        /** It lies unpacked, and waits until what it refers to is valid. */
        UNPACKED,
        SETTLING,
        VALID,
        /** It will not come. */
        LOST
    }

    private final StorePath path;
    private final int depth;
    private final Set<Item> references = new HashSet<>();
    private final List<Item> dependents = new ArrayList<>();
    private final Deque<Candidate> candidates = new ArrayDeque<>();
    private final List<String> reasons = new ArrayList<>();
    private final Set<URI> tried = new HashSet<>();
    private boolean soughtEverywhere;
    State state = State.SOUGHT;
    Optional<Outcome> lost = Optional.empty();
    Optional<PathLocks> lock = Optional.empty();
    Optional<ItemTelling> telling = Optional.empty();
    Optional<Unpacked> unpacked = Optional.empty();
    Optional<PathInfo> info = Optional.empty();

    /** @param depth how many references lead to it from what is wanted */
    Item(StorePath path, int depth) {
        this.path = path;
        this.depth = depth;
    }

    StorePath path() {
        return path;
    }

    int depth() {
        return depth;
    }

    /** Those to be tried, the first being tried now. */
    Deque<Candidate> candidates() {
        return candidates;
    }

    void tried(Candidate candidate) {
        tried.add(candidate.address());
    }

    boolean isNew(Candidate candidate) {
        return !tried.contains(candidate.address());
    }

    /** Whether all servers were asked, not just those up to the first that offers it. */
    boolean isSoughtEverywhere() {
        return soughtEverywhere;
    }

    void seekEverywhere() {
        soughtEverywhere = true;
    }

    /** Why it did not come from whom. */
    List<String> reasons() {
        return reasons;
    }

    List<Item> dependents() {
        return dependents;
    }

    void addReference(Item reference) {
        if (references.add(reference)) {
            reference.dependents.add(this);
        }
    }

    /** Whether all that it refers to is valid. */
    boolean canSettle() {
        return references.stream().allMatch(reference -> reference.state == State.VALID);
    }

    Optional<Item> lostReference() {
        return references.stream().filter(reference -> reference.state == State.LOST).findFirst();
    }

    boolean isOver() {
        return state == State.VALID || state == State.LOST;
    }
}
