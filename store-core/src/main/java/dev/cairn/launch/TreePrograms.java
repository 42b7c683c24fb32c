// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import dev.cairn.fs.FileTrees;
import dev.cairn.layout.LogicalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
        for (Path from : packages) {
            for (String folder : FOLDERS) {
                for (Path entry : entries(from.resolve(folder))) {
                    String name = entry.getFileName().toString();
                    if (isPlain(name) && canStart("/" + folder + "/" + name)) {
                        names.add(name);
                    }
                }
            }
        }
        for (String folder : FOLDERS) {
            for (Path entry : entries(tree.resolve(folder))) {
                String name = entry.getFileName().toString();
                Optional<Path> chosen = names.contains(name) || !isPlain(name) ? Optional.empty() : alternative(entry);
                if (chosen.isPresent() && isIn(packages, chosen.get()) && canStart("/" + folder + "/" + name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** What an alternative leads to, if the entry is one. */
    private Optional<Path> alternative(Path entry) throws IOException {
        if (!Files.isSymbolicLink(entry)) {
            return Optional.empty();
        }
        Path first = Files.readSymbolicLink(entry);
        Path chosen = tree.resolve("etc/alternatives").resolve(first.getFileName());
        return first.startsWith("/etc/alternatives") && Files.isSymbolicLink(chosen)
                ? Optional.of(Files.readSymbolicLink(chosen)).filter(Path::isAbsolute)
                : Optional.empty();
    }

    private static boolean isIn(List<Path> packages, Path absolute) {
        Path relative = Path.of("/").relativize(absolute).normalize();
        return packages.stream().anyMatch(of -> FileTrees.exists(of.resolve(relative)));
    }

    /** Names that are hidden, or that a terminal would show as something else, get no launcher. */
    private static boolean isPlain(String name) {
        return !name.startsWith(".") && name.chars().noneMatch(c -> Character.isISOControl(c) || c == 0xfffd);
    }

    private static List<Path> entries(Path folder) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) ? FileTrees.entries(folder) : List.of();
    }
}
