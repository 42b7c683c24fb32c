// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import dev.cairn.fs.FileTrees;
import dev.cairn.layout.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The profiles of a store: those in its own folder of profiles, and those elsewhere whose programs were made ready.
 * Of each of the latter there is a file, in a folder that repeats the name of the profile's link, so that a script
 * finds it without reading anything.
 */
final class KnownProfiles {
    private static final Pattern GENERATION = Pattern.compile(".*-[0-9]+-link(\\.new)?");
    private static final String FILE = ".cairn-environment";
    private static final int DEEPEST = 64;

    private final StoreLayout layout;
    private final Path folder;

    KnownProfiles(StoreLayout layout) {
        this.layout = layout;
        this.folder = layout.physical("/var/cairn/profiles");
    }

    /** The file about the profile with this link. */
    Path file(Path link) {
        return folder.resolve(Path.of("/").relativize(link.toAbsolutePath())).resolve(FILE);
    }

    /** Deletes the file about a profile. */
    void forget(Path link) throws IOException {
        Files.deleteIfExists(file(link));
    }

    /** The links of all profiles. Files about profiles that were deleted go. */
    List<Path> links() throws IOException {
        List<Path> links = new ArrayList<>();
        walk(layout.profiles(), 0, entry -> {
            if (Files.isSymbolicLink(entry) && !GENERATION.matcher(entry.getFileName().toString()).matches()) {
                links.add(entry);
            }
        });
        List<Path> files = new ArrayList<>();
        walk(folder, 0, entry -> {
            if (entry.getFileName().toString().equals(FILE)) {
                files.add(entry);
            }
        });
        for (Path file : files) {
            Path link = Path.of("/").resolve(folder.relativize(file.getParent()));
            if (FileTrees.exists(link)) {
                links.add(link);
            } else {
                Files.deleteIfExists(file);
            }
        }
        return links;
    }

    private static void walk(Path below, int depth, Consumer<Path> seen) throws IOException {
        if (depth > DEEPEST || !Files.isDirectory(below, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (Path entry : FileTrees.entries(below)) {
            seen.accept(entry);
            walk(entry, depth + 1, seen);
        }
    }
}
