// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.packages.Specification;
import dev.cairn.path.StorePath;
import java.util.Optional;

/** One thing a user asks for. */
public sealed interface Request {
    /**
     * Have this package, in the newest version that fits. A version that is given in full is kept until another one is
     * asked for.
     *
     * @param recommended whether what it recommends is to come along, if that is said
     */
    record Install(Specification specification, Optional<Boolean> recommended) implements Request {
        public Install(Specification specification) {
            this(specification, Optional.empty());
        }
    }

    /** Have this item of the store, whatever package it is. */
    record InstallItem(StorePath item) implements Request {}

    /** Have this package no more; without an output, all its installed outputs. */
    record Remove(Specification specification) implements Request {}

    /**
     * Have the newest version of this installed package, or of all installed ones but those that are to stay at theirs.
     *
     * @param recommended whether what they recommend is to come along, if that is said
     */
    record Upgrade(Optional<Specification> specification, Optional<Boolean> recommended) implements Request {
        public Upgrade(Optional<Specification> specification) {
            this(specification, Optional.empty());
        }
    }
}
