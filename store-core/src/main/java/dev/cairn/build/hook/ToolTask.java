// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.hook;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Something that a tool makes.
 *
 * @param product for people, as in {@code the list of fonts}
 * @param program name of the tool, relative to an item
 * @param folder of the profile that it is in
 * @param runs arguments for the tool, each time it runs
 * @param printed the name of the file for what it prints, where that is the product
 * @param kept which new files are kept, by their names relative to the folder
 */
record ToolTask(
        String product,
        String program,
        String folder,
        List<List<String>> runs,
        Optional<String> printed,
        Predicate<String> kept) {
    ToolTask(String product, String program, String folder, List<String> arguments, Predicate<String> kept) {
        this(product, program, folder, List.of(arguments), Optional.empty(), kept);
    }
}
