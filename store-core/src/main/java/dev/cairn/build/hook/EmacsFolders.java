// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.hook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tells Emacs which folders in {@code share/emacs/site-lisp} have libraries: its {@code subdirs.el}, which Emacs reads
 * in every folder of its load path (its manual, "Library Search").
 */
final class EmacsFolders {
    private static final String FOLDER = "share/emacs/site-lisp";

    private EmacsFolders() {}

    /** Adds the file when there are such folders. */
    static void add(HookInputs inputs, Path output) throws IOException {
        List<String> folders = inputs.foldersIn(FOLDER).stream()
                .map(Path::toString)
                .sorted()
                .map(name -> "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .toList();
        if (!folders.isEmpty()) {
            Path file = Files.createDirectories(output.resolve(FOLDER)).resolve("subdirs.el");
            Files.writeString(
                    file,
                    "(normal-top-level-add-to-load-path (list " + String.join(" ", folders) + "))\n",
                    StandardCharsets.UTF_8);
        }
    }
}
