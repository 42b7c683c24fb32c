// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.path.StorePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a thread of a {@link Run} has to report when it ends. */
sealed interface Happening {
    /** Servers were asked. @param found of what is not valid */
    record LookedUp(List<Item> batch, Set<StorePath> valid, Map<StorePath, Offers.Found> found)
            implements Happening {}

    /** All servers were asked for it. @param reason why the last one tried before did not serve */
    record LookedUpAgain(Item item, Offers.Found found, Optional<CandidateException> reason) implements Happening {}

    /** Somebody else works on it. */
    record Blocked(Item item) implements Happening {}

    /** It lies unpacked and is what was promised. */
    record Fetched(Item item, Unpacked unpacked, PathInfo info) implements Happening {}

    /** A candidate did not serve; nothing of it is left. */
    record Passed(Item item, CandidateException reason) implements Happening {}

    /** It is valid. */
    record Settled(Item item) implements Happening {}

    /** It was told to stop, and has cleaned up. */
    record Stopped(Optional<Item> item) implements Happening {}

    /** The store is in trouble, so that nothing else will do better. */
    record Broken(DaemonException failure) implements Happening {}

    /** A mistake of Cairn's. */
    record Defect(Throwable defect) implements Happening {}
}
