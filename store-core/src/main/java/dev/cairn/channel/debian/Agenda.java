// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.solver.Assignment;
import java.util.ArrayList;
import java.util.List;

/** Requirements in the order in which they are to be met; what is done with is not looked at again. */
final class Agenda {
    private final List<Requirement> all = new ArrayList<>();
    /** In order, those that nothing is settled of since values were last taken back. */
    private final List<Requirement> left = new ArrayList<>();
    private int reversals;

    void add(Requirement requirement) {
        all.add(requirement);
        left.add(requirement);
    }

    /** The option to try for the first requirement that is open; 0 if there is none. */
    int next(Assignment assignment) {
        if (assignment.reversals() != reversals) {
            reversals = assignment.reversals();
            left.clear();
            left.addAll(all);
        }
        int option = 0;
        int kept = 0;
        int at = 0;
        for (; option == 0 && at < left.size(); at++) {
            Requirement requirement = left.get(at);
            boolean counts = requirement.counts(assignment);
            if (counts && !requirement.isMet(assignment)) {
                option = requirement.first(assignment);
            }
            // One that nothing can meet stays so, too.
            if (!counts || option != 0) {
                left.set(kept++, requirement);
            }
        }
        left.subList(kept, at).clear();
        return option;
    }
}
