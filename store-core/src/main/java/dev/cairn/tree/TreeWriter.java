// SPDX-License-Identifier: Apache-2.0
package dev.cairn.tree;

import dev.cairn.fs.CanonicalMetadata;
import dev.cairn.fs.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Makes a tree on disk, new or out of another one: a task for each directory, so that several are filled at the same
 * time. What is there already as the same inode stays as it is.
 */
final class TreeWriter {
    private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxr-xr-x");

    /** After so many links that could not be made, none is tried any more. */
    private static final int MOST_FAILURES = 16;

    private final Predicate<Path> wanted;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean cancelled;

    /** @param wanted which directories, by names relative to the tree, are to be made */
    TreeWriter(Predicate<Path> wanted) {
        this.wanted = wanted;
    }

    /**
     * The work of making a tree. It fails with UncheckedIOException.
     *
     * @param output a folder that does not exist, or one with another tree
     */
    RecursiveAction work(Node.Directory root, Path output) {
        return new Work(root, Path.of(""), output, FileTrees.exists(output));
    }

    /** Lets the work end soon, with CancellationException. */
    void cancel() {
        cancelled = true;
    }

    private final class Work extends RecursiveAction {
        private static final long serialVersionUID = 1;

        private final transient Node.Directory directory;
        private final transient Path path;
        private final transient Path output;
        private final boolean present;

        /** @param present whether there is a directory at {@code output} */
        Work(Node.Directory directory, Path path, Path output, boolean present) {
            this.directory = directory;
            this.path = path;
            this.output = output;
            this.present = present;
        }

        @Override
        protected void compute() {
            if (cancelled) {
                throw new CancellationException();
            }
            try {
                List<Work> below = new ArrayList<>();
                boolean changed = fill(below);
                invokeAll(below);
                if (changed) {
                    CanonicalMetadata.setModified(output);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Makes everything but the directories, which are left to {@code below}; tells whether anything changed. */
        private boolean fill(List<Work> below) throws IOException {
            Map<Path, Listing.Entry> old = new HashMap<>();
            if (present) {
                Listing.of(output).forEach(entry -> old.put(entry.name(), entry));
            } else {
                Files.createDirectory(output);
                // Whatever the mask of the process.
                Files.setPosixFilePermissions(output, OPEN);
            }
            boolean changed = !present;
            for (Map.Entry<Path, Node> entry : directory.entries().entrySet()) {
                Path relative = path.resolve(entry.getKey());
                Node node = entry.getValue();
                if (node instanceof Node.Directory && !wanted.test(relative)) {
                    continue;
                }
                Listing.Entry there = old.remove(entry.getKey());
                boolean stays = there != null && stays(there, node);
                Path name = output.resolve(entry.getKey());
                if (there != null && !stays) {
                    FileTrees.delete(name);
                }
                changed |= !stays;
                switch (node) {
                    case Node.Directory inner -> below.add(new Work(inner, relative, name, stays));
                    case Node.File(_, Path source, _) when !stays -> place(source, name);
                    case Node.Link(_, Path source, _) when !stays -> place(source, name);
                    case Node.File _, Node.Link _ -> { }
                }
            }
            for (Path name : old.keySet()) {
                FileTrees.delete(output.resolve(name));
                changed = true;
            }
            return changed;
        }

        private static boolean stays(Listing.Entry there, Node node) {
            return switch (node) {
                case Node.Directory _ -> there.kind() == Listing.Kind.DIRECTORY;
                case Node.File(_, _, long inode) ->
                    there.kind() == Listing.Kind.FILE && there.inode() == inode;
                case Node.Link(_, _, long inode) ->
                    there.kind() == Listing.Kind.LINK && there.inode() == inode;
            };
        }
    }

    /** Links a file or symlink, or copies it: there may be too many links to it, or another file system between. */
    private void place(Path source, Path name) throws IOException {
        if (failures.get() < MOST_FAILURES) {
            try {
                Files.createLink(name, source);
                return;
            } catch (FileAlreadyExistsException | NoSuchFileException e) {
                throw e;
            } catch (IOException | UnsupportedOperationException _) {
                failures.incrementAndGet();
            }
        }
        Files.copy(source, name, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    }
}
