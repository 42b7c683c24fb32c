// SPDX-License-Identifier: Apache-2.0
package dev.cairn.layout;

import dev.cairn.fs.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files by their logical names, as programs see them. Symlinks in a store lead to logical names, so the system can
 * follow them only where those are also physical; this follows them everywhere. Names outside the store are those of
 * this machine.
 *
 * <p>Names are {@link Path} values because those keep the octets that the system gave them. Immutable.
 */
public final class LogicalFiles {
    /** The number of symlinks in one name after which the system gives up as well. */
    private static final int MAX_LINKS = 40;

    private final Map<Path, Path> mounts;

    private LogicalFiles(Map<Path, Path> mounts) {
        this.mounts = mounts;
    }

    /** The files of a store, and of this machine around it. */
    public LogicalFiles(StoreLayout layout) {
        this(Map.of(Path.of(layout.storeDirectory().path()), layout.physicalStore()));
    }

    /** The same files, but with {@code physical} seen at {@code logical}. */
    public LogicalFiles with(Path logical, Path physical) {
        Map<Path, Path> more = new HashMap<>(mounts);
        more.put(logical, physical.toAbsolutePath());
        return new LogicalFiles(more);
    }

    /**
     * The file, no symlink itself, that a name leads to.
     *
     * @param logical absolute; outside the store any name of this machine
     * @return empty where there is none, or too many symlinks are in the way
     */
    public Optional<Path> resolve(Path logical) throws IOException {
        Deque<Path> waiting = new ArrayDeque<>();
        push(waiting, logical);
        Path reached = Path.of("/");
        int links = 0;
        while (!waiting.isEmpty()) {
            Path name = waiting.pop();
            if (name.toString().equals("..")) {
                Path parent = reached.getParent();
                reached = parent == null ? reached : parent;
                continue;
            }
            if (name.toString().equals(".") || name.toString().isEmpty()) {
                continue;
            }
            reached = reached.resolve(name);
            // The folders above the store need not exist on this machine, nor be the store's.
            if (leadsToMount(reached)) {
                continue;
            }
            Path file = physical(reached);
            if (Files.isSymbolicLink(file)) {
                if (++links > MAX_LINKS) {
                    return Optional.empty();
                }
                Path target = Files.readSymbolicLink(file);
                push(waiting, target);
                reached = target.isAbsolute() ? Path.of("/") : reached.getParent();
            }
        }
        Path file = physical(reached);
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of(file) : Optional.empty();
    }

    /** Whether the name leads to a directory. */
    public boolean isDirectory(Path logical) throws IOException {
        return resolve(logical).filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)).isPresent();
    }

    /** The names in the directory that a name leads to, sorted. */
    public List<Path> names(Path logical) throws IOException {
        Path directory = resolve(logical).orElseThrow(() -> new NoSuchFileException(logical.toString()));
        List<Path> names = new ArrayList<>();
        FileTrees.entries(directory).forEach(entry -> names.add(entry.getFileName()));
        Collections.sort(names);
        return names;
    }

    private static void push(Deque<Path> waiting, Path path) {
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            waiting.push(path.getName(i));
        }
    }

    private boolean leadsToMount(Path logical) {
        return mounts.keySet().stream().anyMatch(mount -> mount.startsWith(logical));
    }

    private Path physical(Path logical) {
        Path best = null;
        for (Path mount : mounts.keySet()) {
            if (logical.startsWith(mount) && (best == null || mount.getNameCount() > best.getNameCount())) {
                best = mount;
            }
        }
        return best == null ? logical : mounts.get(best).resolve(best.relativize(logical));
    }
}
