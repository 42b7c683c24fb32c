// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import java.util.Optional;

/**
 * A package that comes along with another one.
 *
 * @param name of the package
 * @param version in full; empty where only the name is known, which then means the newest
 * @param output such as {@code out}
 */
public record PropagatedInput(String name, Optional<String> version, String output) {
    /** @throws IllegalArgumentException when a part is empty */
    public PropagatedInput {
        if (name.isEmpty() || output.isEmpty() || version.filter(String::isEmpty).isPresent()) {
            throw new IllegalArgumentException("a propagated input needs a name and an output");
        }
    }

    /** As in {@code NAME@VERSION:OUTPUT}, the output only where it is another one than {@code out}. */
    @Override
    public String toString() {
        return name + version.map(v -> "@" + v).orElse("") + (output.equals("out") ? "" : ":" + output);
    }
}
