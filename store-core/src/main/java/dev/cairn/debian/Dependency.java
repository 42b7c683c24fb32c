// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import java.util.List;
import java.util.stream.Collectors;

/** What one package needs: one of several alternatives, the first being preferred. */
public record Dependency(List<Relation> alternatives) {
    public Dependency {
        alternatives = List.copyOf(alternatives);
        if (alternatives.isEmpty()) {
            throw new IllegalArgumentException("a dependency without alternatives");
        }
    }

    @Override
    public String toString() {
        return alternatives.stream().map(Relation::toString).collect(Collectors.joining(" | "));
    }
}
