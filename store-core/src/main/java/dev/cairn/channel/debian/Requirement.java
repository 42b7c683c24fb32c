// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.solver.Assignment;
import java.util.List;

/**
 * Candidates of which one must be chosen once another is.
 *
 * @param owner the number of who needs it; 0 for what is needed in any case
 * @param options numbers, the preferred first
 */
record Requirement(int owner, List<Integer> options) {
    /** Whether it must be met. */
    boolean counts(Assignment assignment) {
        return owner == 0 || assignment.isTrue(owner);
    }

    /** Whether one of the options is chosen. */
    boolean isMet(Assignment assignment) {
        for (int option : options) {
            if (assignment.isTrue(option)) {
                return true;
            }
        }
        return false;
    }

    /** The first option that can be tried; 0 if there is none. */
    int first(Assignment assignment) {
        for (int option : options) {
            if (!assignment.isFalse(option)) {
                return option;
            }
        }
        return 0;
    }
}
