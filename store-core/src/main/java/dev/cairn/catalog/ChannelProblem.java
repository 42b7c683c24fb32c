// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.packages.DefinitionProblem;

/** Something wrong in a channel, found when it was last read. */
public record ChannelProblem(String channel, DefinitionProblem problem) {
    /** All of it in one line. */
    public String message() {
        return channel + ": " + problem.message();
    }
}
