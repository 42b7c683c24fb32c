// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import dev.cairn.fs.FileTrees;
import dev.cairn.layout.LogicalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The programs of a tree of Debian packages. */
final class TreePrograms {
    /** Where programs are in the order in which launchers look for them. */
    static final List<String> FOLDERS = List.of("usr/bin", "usr/sbin", "usr/games");

    private final Path tree;
    private final LogicalFiles view;

    /** @param tree a complete tree */
    TreePrograms(LogicalFiles files, Path tree) {
        this.tree = tree;
        this.view = files.with(Path.of("/usr"), tree.resolve("usr"))
                .with(Path.of("/bin"), tree.resolve("usr/bin"))
                .with(Path.of("/sbin"), tree.resolve("usr/sbin"))
                .with(Path.of("/etc"), tree.resolve("etc"))
                .with(Path.of("/opt"), tree.resolve("opt"));
    }

    /** The file of the tree that a name leads to; empty where there is none, or it is none of the tree. */
    Optional<Path> file(String absolute) throws IOException {
        return view.resolve(Path.of(absolute)).filter(file -> file.startsWith(tree));
    }

    /** Whether programs of the tree can start this one. */
    boolean canStart(String absolute) throws IOException {
        return file(absolute)
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.isExecutable(file))
                .isPresent();
    }

    /** The full name of a program, as its short name is looked up. */
    Optional<String> find(String name) throws IOException {
        for (String folder : FOLDERS) {
            String absolute = "/" + folder + "/" + name;
            if (canStart(absolute)) {
                return Optional.of(absolute);
            }
        }
        return Optional.empty();
    }

    /** The names of the programs in some packages, and of the alternatives that lead to these. */
    SortedSet<String> of(List<Path> packages) throws IOException {
        SortedSet<String> names = new TreeSet<>();
        Set<Path> own = new HashSet<>();
        for (Path from : packages) {
            for (String folder : FOLDERS) {
                for (Path entry : entries(from.resolve(folder))) {
                    String name = entry.getFileName().toString();
                    if (isPlain(name) && canStart("/" + folder + "/" + name)) {
                        names.add(name);
                        own.add(Path.of("/").resolve(folder).resolve(name));
                    }
                }
            }
        }
        for (String folder : FOLDERS) {
            for (Path entry : entries(tree.resolve(folder))) {
                String name = entry.getFileName().toString();
                if (!names.contains(name) && isPlain(name) && own.contains(alternative(entry))
                        && canStart("/" + folder + "/" + name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** What an alternative of this name leads to; the entry itself if it is none. */
    private Path alternative(Path entry) throws IOException {
        if (!Files.isSymbolicLink(entry)) {
            return entry;
        }
        Path first = Files.readSymbolicLink(entry);
        Path chosen = tree.resolve("etc/alternatives").resolve(first.getFileName());
        return first.startsWith("/etc/alternatives") && Files.isSymbolicLink(chosen)
                ? Files.readSymbolicLink(chosen)
                : entry;
    }

    /** Names that are hidden, or that a terminal would show as something else, get no launcher. */
    private static boolean isPlain(String name) {
        return !name.startsWith(".") && name.chars().noneMatch(c -> Character.isISOControl(c) || c == 0xfffd);
    }

    private static List<Path> entries(Path folder) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) ? FileTrees.entries(folder) : List.of();
    }
}
