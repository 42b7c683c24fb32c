// SPDX-License-Identifier: Apache-2.0
package dev.cairn.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows symlinks inside a tree in memory, as if it were the root of a file system with a merged {@code /usr}. */
final class TreeLinks {
    /** The number of symlinks in one name after which the system gives up as well. */
    private static final int MAX_LINKS = 40;

    private static final Set<String> IN_USR = Set.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

    private TreeLinks() {}

    /** The directory that a name leads to, or null where it leads to none. */
    static @Nullable Path directory(Node.Directory root, Path path) throws IOException {
        Path reached = follow(root, path);
        return reached != null && root.find(reached) instanceof Node.Directory ? reached : null;
    }

    /**
     * The name without symlinks of what a name leads to.
     *
     * @return null where there is nothing, or too many symlinks are in the way; the empty path for the root
     */
    static @Nullable Path follow(Node.Directory root, Path path) throws IOException {
        Deque<Path> waiting = new ArrayDeque<>();
        push(waiting, path);
        Deque<Path> reached = new ArrayDeque<>();
        Deque<Node.Directory> above = new ArrayDeque<>();
        Node here = root;
        int links = 0;
        while (!waiting.isEmpty()) {
            Path name = waiting.pop();
            String text = name.toString();
            if (text.equals("..")) {
                here = above.isEmpty() ? root : above.pop();
                reached.pollLast();
                continue;
            }
            if (text.isEmpty() || text.equals(".")) {
                continue;
            }
            if (!(here instanceof Node.Directory directory)) {
                return null;
            }
            if (directory == root && IN_USR.contains(text) && !root.entries().containsKey(name)) {
                waiting.push(name);
                waiting.push(Path.of("usr"));
                continue;
            }
            Node next = directory.entries().get(name);
            if (next instanceof Node.Link(_, Path source, _)) {
                if (++links > MAX_LINKS) {
                    return null;
                }
                Path target = Files.readSymbolicLink(source);
                push(waiting, target);
                if (target.isAbsolute()) {
                    here = root;
                    reached.clear();
                    above.clear();
                }
                continue;
            }
            if (next == null) {
                return null;
            }
            above.push(directory);
            reached.addLast(name);
            here = next;
        }
        Path result = Path.of("");
        for (Path name : reached) {
            result = result.resolve(name);
        }
        return result;
    }

    private static void push(Deque<Path> waiting, Path path) {
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            waiting.push(path.getName(i));
        }
    }
}
