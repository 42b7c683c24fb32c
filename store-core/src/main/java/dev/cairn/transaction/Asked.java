// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The packages that the requests of one plan ask for by name. For one plan, by one thread. */
final class Asked {
    private record Wanted(Place.Package subject, Object exactly, String label) {}

    private final List<Wanted> wanted = new ArrayList<>();

    /**
     * Notes that a package is asked for.
     *
     * @param exactly what is asked for; equal where the same is asked for again
     * @param label what people know it by
     * @throws TransactionException.AskedTwice when another one was asked for that cannot be in the profile as well
     */
    void add(Place.Package subject, Object exactly, String label) throws TransactionException.AskedTwice {
        Optional<Wanted> other = wanted.stream()
                .filter(earlier -> earlier.subject().sameSlot(subject) && !earlier.exactly().equals(exactly))
                .findFirst();
        if (other.isPresent()) {
            throw new TransactionException.AskedTwice(other.get().label(), label);
        }
        wanted.add(new Wanted(subject, exactly, label));
    }
}
