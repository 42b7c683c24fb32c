// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.error.CairnException;
import java.util.List;

/** Chooses packages of archives so that all relations between them hold. */
final class DebianSolver {
    private DebianSolver() {}

    /**
     * One thing that must be among the chosen.
     *
     * @param candidates one of these, the first that works
     */
    record Goal(String label, List<Candidate> candidates) {}

    /**
     * Chooses for every goal the first candidate that works, and with it what it needs; of the rest, what is installed
     * rather than what is not, unless {@code renew}, then the first alternative, the highest priority, the newest
     * version. Essential packages are always among the chosen.
     *
     * @param renew whether newer versions are preferred to installed ones
     * @throws dev.cairn.channel.ChannelException when there is no way; the message names packages and relations
     */
    static Solution solve(List<Goal> goals, Candidates candidates, boolean renew) throws CairnException {
        throw new UnsupportedOperationException();
    }
}
