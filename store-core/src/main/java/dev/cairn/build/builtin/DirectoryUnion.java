// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.fs.Interrupts;
import dev.cairn.fs.Octets;
import dev.cairn.fs.Symlinks;
import dev.cairn.layout.LogicalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Several directories seen as one: a tree of symlinks that goes only as deep as more than one of them has something
 * there (formats, section 10.7). Links are absolute and logical.
 */
final class DirectoryUnion {
    /** Symlinks that lead upwards can make a small item look like a tree without end. */
    private static final int MAX_DIRECTORIES = 500_000;

    /** Files that every package of a kind has its own of; a hook makes the one that counts. */
    private static final Set<String> HARMLESS = Set.of("icon-theme.cache", "gschemas.compiled", "ld.so.cache");

    private final LogicalFiles files;
    private final Consumer<String> log;
    private final Optional<Path> own;
    private int directories;

    /** @param log takes warnings of collisions, line by line */
    DirectoryUnion(LogicalFiles files, Consumer<String> log) {
        this(files, log, Optional.empty());
    }

    /**
     * @param own the logical name of an input whose files are not linked but copied, and win over others without a
     *     warning: nobody else has them
     */
    DirectoryUnion(LogicalFiles files, Consumer<String> log, Optional<Path> own) {
        this.files = files;
        this.log = log;
        this.own = own;
    }

    /**
     * Makes the directory {@code output}.
     *
     * @param inputs logical names of directories, those that win first; one that occurs again counts once
     */
    void build(Path output, SequencedCollection<Path> inputs) throws UnionException, IOException {
        for (Path input : inputs) {
            if (!files.isDirectory(input)) {
                throw new UnionException(
                        "'" + input + "' cannot be in a profile: it is not a directory",
                        "Only items that are directories, as packages are, can be installed.");
            }
        }
        merge(output, List.copyOf(new LinkedHashSet<>(inputs)));
    }

    private void merge(Path output, List<Path> inputs) throws UnionException, IOException {
        Interrupts.check();
        if (++directories > MAX_DIRECTORIES) {
            throw new UnionException(
                    "'" + inputs.getFirst() + "' cannot be in a profile: more than " + MAX_DIRECTORIES
                            + " directories come together, so some symlink probably leads upwards",
                    "Remove one of the packages that the name belongs to.");
        }
        Files.createDirectory(output);
        SequencedMap<Path, List<Path>> byName = new LinkedHashMap<>();
        for (Path input : inputs) {
            for (Path name : files.names(input)) {
                byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(input.resolve(name));
            }
        }
        for (Map.Entry<Path, List<Path>> entry : byName.entrySet()) {
            place(output.resolve(entry.getKey()), entry.getValue());
        }
    }

    private void place(Path output, List<Path> candidates) throws UnionException, IOException {
        boolean isOwn = own.filter(candidates.getFirst()::startsWith).isPresent();
        if (candidates.size() == 1 && !isOwn) {
            link(output, candidates.getFirst());
            return;
        }
        List<Path> trees = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        for (Path candidate : candidates) {
            (files.isDirectory(candidate) ? trees : others).add(candidate);
        }
        if (others.isEmpty()) {
            merge(output, trees);
        } else if (trees.isEmpty() && isOwn) {
            Files.copy(files.resolve(others.getFirst()).orElseThrow(), output);
        } else if (trees.isEmpty()) {
            warn(output, others);
            link(output, others.getFirst());
        } else {
            throw new UnionException(
                    "collision between file and directories: '" + others.getFirst() + "' is a file, '"
                            + trees.getFirst() + "' is a directory",
                    "These two packages cannot be in one profile; leave one of them out.");
        }
    }

    private void warn(Path output, List<Path> candidates) throws IOException {
        boolean differ = false;
        for (Path candidate : candidates.subList(1, candidates.size())) {
            differ |= !same(candidates.getFirst(), candidate);
        }
        if (differ && !HARMLESS.contains(output.getFileName().toString())) {
            log.accept("warning: collision encountered:");
            candidates.forEach(candidate -> log.accept("  " + candidate));
            log.accept("warning: choosing " + candidates.getFirst());
        }
    }

    /** Guix takes files of equal size as equal, and so must what is to warn of the same things. */
    private boolean same(Path first, Path second) throws IOException {
        Optional<Path> one = files.resolve(first);
        Optional<Path> other = files.resolve(second);
        if (one.isEmpty() || other.isEmpty()) {
            return false;
        }
        BasicFileAttributes a =
                Files.readAttributes(one.get(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        BasicFileAttributes b =
                Files.readAttributes(other.get(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return a.fileKey() != null && a.fileKey().equals(b.fileKey())
                || a.isRegularFile() && b.isRegularFile() && a.size() == b.size();
    }

    static void link(Path link, Path target) throws IOException {
        Symlinks.create(link, Octets.of(target));
    }
}
