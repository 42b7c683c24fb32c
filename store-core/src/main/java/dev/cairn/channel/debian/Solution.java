// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import java.util.List;
import java.util.Map;

/**
 * Packages that fit together: every dependency among them is met, none is in conflict with another.
 *
 * @param wanted what was asked for, in that order
 * @param chosen all packages, each once, in no order that matters but always the same for the same question
 * @param dependencies for each of {@code chosen} the packages that meet its dependencies, in the order in which it
 *     names them; for what was asked for also the essential packages. May lead in circles
 */
public record Solution(
        List<Candidate> wanted, List<Candidate> chosen, Map<Candidate, List<Candidate>> dependencies) {
    public Solution {
        wanted = List.copyOf(wanted);
        chosen = List.copyOf(chosen);
        dependencies = Map.copyOf(dependencies);
    }
}
