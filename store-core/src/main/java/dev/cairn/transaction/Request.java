// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.packages.Specification;
import dev.cairn.path.StorePath;
import java.util.Optional;

/** One thing a user asks for. */
public sealed interface Request {
    /** Have this package, in the newest version that fits. */
    record Install(Specification specification) implements Request {}

    /** Have this item of the store, whatever package it is. */
    record InstallItem(StorePath item) implements Request {}

    /** Have this package no more; without an output, all its installed outputs. */
    record Remove(Specification specification) implements Request {}

    /** Have the newest version of this installed package, or of all installed ones. */
    record Upgrade(Optional<Specification> specification) implements Request {}
}
