// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.derivation.Derivation;
import dev.cairn.hash.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * Variables that the builder is to find in files, as Nix has it: those named by {@code passAsFile}, each in a file
 * whose name stands in a variable with {@code Path} behind its name.
 */
final class PassedFiles {
    private static final String LIST = "passAsFile";

    private PassedFiles() {}

    private static List<String> names(Derivation derivation) {
        return Words.of(derivation.environment().getOrDefault(LIST, "")).stream()
                .filter(derivation.environment()::containsKey)
                .toList();
    }

    private static String file(String name) {
        return ".attr-" + Hash.sha256(name.getBytes(StandardCharsets.ISO_8859_1)).base32();
    }

    /** Writes the files into the build folder. */
    static void write(Derivation derivation, Path folder) throws IOException {
        for (String name : names(derivation)) {
            String value = derivation.environment().get(name);
            Files.write(folder.resolve(file(name)), value.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** Names the files in place of what is in them. @param folder the build folder as the builder sees it */
    static void replace(SortedMap<String, String> variables, Derivation derivation, String folder) {
        for (String name : names(derivation)) {
            variables.remove(name);
            variables.put(name + "Path", folder + "/" + file(name));
        }
    }
}
