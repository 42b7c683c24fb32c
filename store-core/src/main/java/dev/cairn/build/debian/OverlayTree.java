// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Octets;
import dev.cairn.fs.Symlinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The {@code tree} of an overlay while it is made. Names are relative to it; folders come into being as needed.
 *
 * @param root the folder
 */
record OverlayTree(Path root) {
    boolean has(String name) {
        return FileTrees.exists(Octets.resolve(root, name));
    }

    /** Writes a file that is not there yet. */
    void write(String name, byte[] contents) throws IOException {
        Files.write(place(name), contents);
    }

    /** Makes a symlink that is not there yet. */
    void link(String name, String target) throws IOException {
        Symlinks.create(place(name), target);
    }

    /** The file of a name, in a folder that exists. */
    Path place(String name) throws IOException {
        Path file = Octets.resolve(root, name);
        Files.createDirectories(file.getParent());
        return file;
    }

    /** Moves everything in a folder here, what is there already staying. */
    void take(Path folder) throws IOException {
        take(folder, root);
    }

    /** Puts everything in a folder here, what is there already staying, by hard links where they can be made. */
    void link(Path folder) throws IOException {
        link(folder, root);
    }

    private static void link(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path entry : FileTrees.entries(from)) {
            Path target = to.resolve(entry.getFileName());
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                link(entry, target);
            } else if (!FileTrees.exists(target)) {
                try {
                    Files.createLink(target, entry);
                } catch (IOException | UnsupportedOperationException _) {
                    Files.copy(entry, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    private static void take(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path entry : FileTrees.entries(from)) {
            Path target = to.resolve(entry.getFileName());
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                take(entry, target);
            } else if (!FileTrees.exists(target)) {
                Files.move(entry, target);
            }
        }
    }
}
