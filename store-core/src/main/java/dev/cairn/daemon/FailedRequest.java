// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.path.StorePath;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What of a request to build could not be made (daemon, section 4.5).
 *
 * @param things those of the wanted derivations that had failed when the request ended
 * @param kinds of all failures in the request, those of dependencies included
 */
public record FailedRequest(SortedSet<StorePath> things, Set<BuildFailure> kinds) {
    public FailedRequest {
        things = Collections.unmodifiableSortedSet(new TreeSet<>(things));
        kinds = Collections.unmodifiableSet(kinds.isEmpty() ? EnumSet.of(BuildFailure.OTHER) : EnumSet.copyOf(kinds));
    }

    /** In guix-daemon's words. */
    public String message() {
        return "build of " + things.stream().map(thing -> "`" + thing + "'").collect(Collectors.joining(", "))
                + " failed";
    }

    /** As guix-daemon sends it: 101 if something timed out, else 100 if something would fail again, else 1. */
    public int status() {
        if (kinds.contains(BuildFailure.TIMED_OUT)) {
            return BuildFailure.TIMED_OUT.status();
        }
        return kinds.contains(BuildFailure.PERMANENT)
                ? BuildFailure.PERMANENT.status()
                : BuildFailure.OTHER.status();
    }
}
