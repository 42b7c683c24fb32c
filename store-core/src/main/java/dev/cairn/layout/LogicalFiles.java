// SPDX-License-Identifier: Apache-2.0
package dev.cairn.layout;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Follows symlinks as programs see them, the store at its logical name, although it lies elsewhere. Links between
 * items are absolute and logical; the system itself cannot follow them in a user store.
 */
public final class LogicalFiles {
    /** As many links as Linux follows. */
    private static final int MAX_LINKS = 40;

    private final StoreLayout layout;

    public LogicalFiles(StoreLayout layout) {
        this.layout = layout;
    }

    /**
     * The file or directory behind {@code path}, every symlink on the way followed.
     *
     * @param path absolute; a physical name, or a logical one inside the store
     * @return a physical name without symlinks; empty when something on the way does not exist
     * @throws FileSystemLoopException when there are more than {@value #MAX_LINKS} links to follow
     */
    public Optional<Path> resolve(Path path) throws IOException {
        Deque<Path> ahead = new ArrayDeque<>();
        Path here = restart(path, ahead);
        int links = 0;
        while (!ahead.isEmpty()) {
            Path name = ahead.pop();
            if (name.toString().equals("..")) {
                Path parent = here.getParent();
                here = parent == null ? here : parent;
                continue;
            }
            Path next = here.resolve(name).normalize();
            if (!Files.isSymbolicLink(next)) {
                if (!Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                    return Optional.empty();
                }
                here = next;
                continue;
            }
            if (++links > MAX_LINKS) {
                throw new FileSystemLoopException(path.toString());
            }
            Path target = Files.readSymbolicLink(next);
            if (target.isAbsolute()) {
                here = restart(target, ahead);
            } else {
                push(target, ahead);
            }
        }
        return Optional.of(here);
    }

    private Path restart(Path absolute, Deque<Path> ahead) {
        boolean logical = layout.storeDirectory().contains(absolute.toString())
                || absolute.toString().equals(layout.storeDirectory().path());
        Path physical = logical ? layout.physical(absolute.toString()) : absolute;
        push(physical, ahead);
        return physical.getRoot();
    }

    private static void push(Path path, Deque<Path> ahead) {
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            ahead.push(path.getName(i));
        }
    }
}
