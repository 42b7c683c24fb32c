// SPDX-License-Identifier: Apache-2.0
package dev.cairn.tree;

import dev.cairn.fs.CanonicalMetadata;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Makes a tree on disk: a task for each directory, so that several are filled at the same time. */
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

    /** The work of making a tree, whose folder must not exist. It fails with UncheckedIOException. */
    RecursiveAction work(Node.Directory root, Path output) {
        return new Work(root, Path.of(""), output);
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

        Work(Node.Directory directory, Path path, Path output) {
            this.directory = directory;
            this.path = path;
            this.output = output;
        }

        @Override
        protected void compute() {
            if (cancelled) {
                throw new CancellationException();
            }
            try {
                Files.createDirectory(output);
                // Whatever the mask of the process.
                Files.setPosixFilePermissions(output, OPEN);
                List<Work> below = new ArrayList<>();
                for (Map.Entry<Path, Node> entry : directory.entries().entrySet()) {
                    Path name = output.resolve(entry.getKey());
                    switch (entry.getValue()) {
                        case Node.Directory inner -> {
                            Path relative = path.resolve(entry.getKey());
                            if (wanted.test(relative)) {
                                below.add(new Work(inner, relative, name));
                            }
                        }
                        case Node.File(_, Path source) -> place(source, name);
                        case Node.Link(_, Path source) -> place(source, name);
                    }
                }
                invokeAll(below);
                CanonicalMetadata.setModified(output);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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
