// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import dev.cairn.tree.MergedTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folders that {@code /etc/ld.so.conf} and what it includes name. */
final class LibraryFolders {
    private LibraryFolders() {}

    /**
     * Whether the tree has libraries in a folder that programs find only by {@code /etc/ld.so.cache}. The loader of
     * each architecture looks into {@code /lib}, {@code /usr/lib} and its own folder in them by itself.
     */
    static boolean needCache(MergedTree tree) throws IOException {
        if (mentionsMore(tree, "etc/ld.so.conf")) {
            return true;
        }
        for (Path name : tree.names("etc/ld.so.conf.d")) {
            if (name.toString().endsWith(".conf") && mentionsMore(tree, "etc/ld.so.conf.d/" + name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mentionsMore(MergedTree tree, String file) throws IOException {
        Optional<Path> found = tree.file(file);
        if (found.isEmpty()) {
            return false;
        }
        for (String line : Files.readString(found.get(), StandardCharsets.ISO_8859_1).split("\n")) {
            String folder = line.replaceFirst("#.*", "").strip();
            if (folder.startsWith("/") && !isSearchedAnyway(folder) && !tree.names(folder.substring(1)).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSearchedAnyway(String folder) {
        return folder.matches("(/usr)?/lib(64)?(/[a-z0-9_]+-linux-gnu[a-z0-9_]*)?/?");
    }
}
