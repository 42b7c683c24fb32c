// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian.script;

import java.util.Optional;

/** Whether something holds, as far as a script alone tells. */
enum Certainty {
    YES,
    NO,
    UNKNOWN;

    static Certainty of(boolean holds) {
        return holds ? YES : NO;
    }

    static Certainty of(Optional<Boolean> holds) {
        return holds.map(Certainty::of).orElse(UNKNOWN);
    }

    Certainty not() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case UNKNOWN -> UNKNOWN;
        };
    }

    Certainty and(Certainty other) {
        if (this == NO || other == NO) {
            return NO;
        }
        return this == YES && other == YES ? YES : UNKNOWN;
    }

    Certainty or(Certainty other) {
        return not().and(other.not()).not();
    }
}
