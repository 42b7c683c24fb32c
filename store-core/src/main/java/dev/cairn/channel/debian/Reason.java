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

    /** Two candidates of one name that cannot be there at once. */
    record OneOf(Candidate one, Candidate other, Kind kind) implements Reason {}

    /** Why candidates of one name stand against each other. */
    enum Kind {
        /** They are of one architecture. */
        VERSIONS,
        /** They are of several architectures that go together only in the same version. */
        STEP,
        /** They are of several architectures that do not go together. */
        ARCHITECTURES
    }
}
