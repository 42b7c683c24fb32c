// SPDX-License-Identifier: Apache-2.0
package dev.cairn.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Puts the trees of packages into one, in memory, by the rules of dpkg as far as they do not depend on the order of
 * unpacking:
 *
 * <ul>
 *   <li>files with equal contents and symlinks with equal texts are one;
 *   <li>of two that differ, the one whose package replaces the other's package stays;
 *   <li>where one has a directory and another a symlink to a directory, the symlink stays and the directory's contents
 *       are seen through it; where the symlink leads nowhere, the directory stays;
 *   <li>what comes from an overlay stays in any case;
 *   <li>everything else is a collision.
 * </ul>
 *
 * For use by one thread.
 */
final class TreeMerge {
    /** Directories behind symlinks that are put elsewhere; more are only in trees that lead back to themselves. */
    private static final int MAX_MOVES = 10_000;

    private final Node.Directory root;
    private final Map<Part, Replaces> replaces = new HashMap<>();

    /** Those nearer to the root first, because the others may be in them. */
    private final Queue<Behind> behind = new PriorityQueue<>(
            Comparator.comparingInt((Behind each) -> each.path().getNameCount()).thenComparing(Behind::path));

    private int moves;

    /** A directory that has the same name as a symlink. */
    private record Behind(Path path, Node.Directory directory) {}

    /** @param root takes the trees; it is empty, or merged before */
    TreeMerge(Node.Directory root) {
        this.root = root;
    }

    /** Adds a tree. Its nodes belong to the result from now on. */
    void add(Node.Directory tree) throws TreeCollisionException, IOException {
        merge(Path.of(""), root, tree);
    }

    /** Finds places for the directories that had the name of a symlink. To be called when all trees are there. */
    void finish() throws TreeCollisionException, IOException {
        // What is put elsewhere may meet a symlink again.
        for (Behind next = behind.poll(); next != null; next = behind.poll()) {
            Path parent = parent(next.path());
            Path name = next.path().getFileName();
            Node.Directory above = (Node.Directory) root.find(parent);
            Node present = above.entries().get(name);
            Path path = parent.resolve(name);
            Path target = present instanceof Node.Link ? TreeLinks.directory(root, path) : path;
            if (++moves > MAX_MOVES) {
                throw collision(path, present == null ? next.directory() : present, next.directory());
            }
            if (target != null && root.find(target) instanceof Node.Directory there) {
                merge(target, there, next.directory());
            } else {
                above.entries().put(name, next.directory());
            }
        }
    }

    /** The directory that a name is in, now that those above it may have become symlinks. */
    private Path parent(Path path) throws IOException {
        Path parent = path.getParent();
        Path reached = parent == null ? Path.of("") : TreeLinks.directory(root, parent);
        if (reached == null) {
            throw new IllegalStateException("no directory is at '" + parent + "'");
        }
        return reached;
    }

    private void merge(Path path, Node.Directory into, Node.Directory from)
            throws TreeCollisionException, IOException {
        for (Map.Entry<Path, Node> entry : from.entries().entrySet()) {
            Node added = entry.getValue();
            Node present = into.entries().putIfAbsent(entry.getKey(), added);
            if (present == null) {
                continue;
            }
            Path name = path.resolve(entry.getKey());
            if (present instanceof Node.Directory one && added instanceof Node.Directory other) {
                merge(name, one, other);
            } else {
                into.entries().put(entry.getKey(), choose(name, present, added));
            }
        }
    }

    private Node choose(Path path, Node present, Node added) throws TreeCollisionException, IOException {
        if (present instanceof Node.Link && added instanceof Node.Directory directory) {
            behind.add(new Behind(path, directory));
            return present;
        }
        if (present instanceof Node.Directory directory && added instanceof Node.Link) {
            behind.add(new Behind(path, directory));
            return added;
        }
        Part one = present.part();
        Part other = added.part();
        if (one == null || other == null) {
            return other == null ? added : present;
        }
        if (same(present, added) || replaces(one, other)) {
            return present;
        }
        if (replaces(other, one)) {
            return added;
        }
        throw collision(path, present, added);
    }

    private boolean replaces(Part one, Part other) throws IOException {
        return of(one).replaces(of(other));
    }

    private Replaces of(Part part) throws IOException {
        Replaces known = replaces.get(part);
        if (known == null) {
            known = Replaces.read(part);
            replaces.put(part, known);
        }
        return known;
    }

    private static boolean same(Node one, Node other) throws IOException {
        if (one instanceof Node.Link(_, Path a, _) && other instanceof Node.Link(_, Path b, _)) {
            return Files.readSymbolicLink(a).equals(Files.readSymbolicLink(b));
        }
        return one instanceof Node.File(_, Path a, _)
                && other instanceof Node.File(_, Path b, _)
                && (Files.isSameFile(a, b) || Files.mismatch(a, b) < 0);
    }

    private static TreeCollisionException collision(Path path, Node present, Node added) {
        return new TreeCollisionException(path, label(present.part()), label(added.part()));
    }

    private static String label(@Nullable Part part) {
        return part == null ? "overlay" : part.name();
    }
}
