// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.daemon.DaemonException;
import dev.cairn.path.StorePath;
import java.util.List;

/** What became of an item that was to be fetched. */
public sealed interface Outcome {
    /** It is valid. */
    record Valid() implements Outcome {}

    /**
     * Nobody offers it.
     *
     * @param reasons why not, one for each server, naming it
     */
    record Absent(List<String> reasons) implements Outcome {
        public Absent {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * It is offered, but not all that it refers to.
     *
     * @param missing what is not
     * @param reasons why not
     */
    record Incomplete(StorePath missing, List<String> reasons) implements Outcome {
        public Incomplete {
            reasons = List.copyOf(reasons);
        }
    }

    /** It, or something that it refers to, is offered but did not come as promised from anybody. */
    record Failed(DaemonException.NotSubstituted failure) implements Outcome {}
}
