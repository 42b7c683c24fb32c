// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import java.util.List;

/**
 * What would change, as far as that can be told without asking any server; which items these are, a {@link Plan} says.
 *
 * @param changes top-level packages first, then those that come along
 * @param rebuilt names of packages that are made again in the same version, because what they need changes
 */
public record Outlook(List<Change> changes, List<String> rebuilt) {
    public Outlook {
        changes = List.copyOf(changes);
        rebuilt = List.copyOf(rebuilt);
    }
}
