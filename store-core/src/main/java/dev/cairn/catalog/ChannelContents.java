// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.packages.DefinitionProblem;
import java.util.List;

/**
 * What a channel offers at one moment.
 *
 * @param packages each with the channel's name in its key; of several with one key the first counts
 * @param problems what is wrong in the channel and therefore not among the packages
 */
public record ChannelContents(List<CatalogPackage> packages, List<DefinitionProblem> problems) {
    public ChannelContents {
        packages = List.copyOf(packages);
        problems = List.copyOf(problems);
    }
}
