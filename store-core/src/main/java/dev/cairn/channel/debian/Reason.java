// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.Dependency;
import dev.cairn.debian.Relation;

/** Why a clause was given to the solver. */
sealed interface Reason {
    /** It was asked for. */
    record Wanted(DebianSolver.Goal goal) implements Reason {}

    /** A package without which nothing of the archive works. */
    record Essential(String name) implements Reason {}

    /** One package needs another. */
    record Needs(Candidate owner, Dependency dependency) implements Reason {}

    /** One package cannot stand another. @param breaks whether its field is {@code Breaks} */
    record Clash(Candidate owner, Relation relation, boolean breaks, Candidate other) implements Reason {}

    /** Two candidates of one name. */
    record OneOf(Candidate one, Candidate other) implements Reason {}
}
