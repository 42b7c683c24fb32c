// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import dev.cairn.build.hook.DesktopEntry;
import dev.cairn.tree.MergedTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which programs open which types of files: {@code usr/share/applications/mimeinfo.cache} (Desktop Entry
 * Specification, "MIME types"), as {@code update-desktop-database} writes it.
 */
final class DesktopDatabase {
    private static final String FOLDER = "usr/share/applications";

    private DesktopDatabase() {}

    /** Adds the file when some program opens something. */
    static void add(MergedTree tree, OverlayTree overlay) throws IOException {
        SortedMap<String, SortedSet<String>> programs = new TreeMap<>();
        collect(tree, FOLDER + "/", "", programs);
        if (programs.isEmpty()) {
            return;
        }
        overlay.write(FOLDER + "/mimeinfo.cache", DesktopEntry.cache(programs).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** @param prefix of identifiers: the names of the folders below the first, each with a hyphen behind it */
    private static void collect(
            MergedTree tree, String folder, String prefix, SortedMap<String, SortedSet<String>> programs)
            throws IOException {
        for (Path name : tree.names(folder)) {
            Optional<Path> file = tree.file(folder + name);
            if (file.isEmpty() && tree.isNoLink(folder + name)) {
                collect(tree, folder + name + "/", prefix + name + "-", programs);
            } else if (file.isPresent() && name.toString().endsWith(".desktop")) {
                for (String type : DesktopEntry.types(file.get())) {
                    programs.computeIfAbsent(type, _ -> new TreeSet<>()).add(prefix + name);
                }
            }
        }
    }
}
