// SPDX-License-Identifier: Apache-2.0
package dev.cairn.tree;

import dev.cairn.fs.Interrupts;
import dev.cairn.fs.Octets;
import dev.cairn.layout.LogicalFiles;
import dev.cairn.layout.StoreLayout;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RecursiveAction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One tree out of the trees of packages, as dpkg would have unpacked them into one root, and what lies over all of
 * them. It is put together in memory, where it can be asked, and then made on disk: directories of its own, everything
 * else hard links to the files of the store.
 *
 * <p>Of packages {@code usr}, {@code etc} and {@code opt} are taken. What they have under {@code var} and {@code srv}
 * are empty folders and the state of services, which programs look for on the machine itself and not in the tree; the
 * other folders of the root belong to the machine. An overlay may add more. Not for use by several threads.
 */
public final class MergedTree {
    /** What counts of a package. */
    private static final Set<String> OF_PACKAGES = Set.of("usr", "etc", "opt");

    /** What counts of an overlay. */
    private static final Set<String> OF_OVERLAYS = Set.of("usr", "etc", "opt", "var");

    private final Node.Directory root;

    private MergedTree(Node.Directory root) {
        this.root = root;
    }

    /**
     * Merges the trees of packages.
     *
     * @param parts in an order that does not depend on chance
     * @param diversions files that are put under another name
     * @param overlay a folder like the {@code tree} of a package whose files win over all others
     * @throws TreeCollisionException when two packages have different files of one name and neither replaces the other
     * @throws InterruptedIOException when the thread is interrupted
     */
    public static MergedTree of(List<Part> parts, List<Diversion> diversions, Optional<Path> overlay)
            throws TreeCollisionException, IOException {
        Node.Directory root = new Node.Directory(null);
        TreeMerge merge = new TreeMerge(root);
        for (Node.Directory tree : scan(parts)) {
            Part part = tree.part();
            for (Diversion diversion : diversions) {
                if (part != null && !diversion.spares(part)) {
                    divert(tree, diversion);
                }
            }
            merge.add(tree);
        }
        merge.finish();
        MergedTree tree = new MergedTree(root);
        if (overlay.isPresent()) {
            tree.cover(overlay.get());
        }
        return tree;
    }

    /** Lays a folder like the {@code tree} of a package over everything that is there; its files win. */
    public void cover(Path overlay) throws TreeCollisionException, IOException {
        TreeMerge merge = new TreeMerge(root);
        merge.add(TreeScan.read(null, overlay, OF_OVERLAYS));
        merge.finish();
    }

    /**
     * The tree of a profile: what an overlay item (the output of {@code builtin:debian-overlay}) has together.
     *
     * @param overlay the item's logical name, or any folder with the same entries
     */
    public static MergedTree ofOverlay(StoreLayout layout, Path overlay) throws TreeCollisionException, IOException {
        LogicalFiles files = new LogicalFiles(layout);
        List<Part> parts = new ArrayList<>();
        for (Path name : files.names(overlay.resolve("contents"))) {
            Path link = overlay.resolve("contents").resolve(name);
            parts.add(new Part(
                    name.toString(),
                    files.resolve(link).orElseThrow(() -> new NoSuchFileException(link.toString()))));
        }
        return of(
                parts,
                Diversion.read(files.resolve(overlay.resolve("diversions"))),
                files.resolve(overlay.resolve("tree")));
    }

    /** Reads the trees of all packages, as many at the same time as there are processors. */
    private static List<Node.Directory> scan(List<Part> parts) throws IOException {
        List<Callable<Node.Directory>> readers = new ArrayList<>();
        for (Part part : parts) {
            readers.add(() -> TreeScan.read(part, part.contents().resolve("tree"), OF_PACKAGES));
        }
        List<Node.Directory> trees = new ArrayList<>();
        try (ForkJoinPool pool = pool()) {
            for (Future<Node.Directory> tree : pool.invokeAll(readers)) {
                trees.add(tree.get());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading trees");
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
        return trees;
    }

    private static void divert(Node.Directory tree, Diversion diversion) {
        Path parent = diversion.from().getParent();
        if (parent == null
                || !(tree.find(parent) instanceof Node.Directory directory)
                || directory.entries().get(diversion.from().getFileName()) instanceof Node.Directory) {
            return;
        }
        Node diverted = directory.entries().remove(diversion.from().getFileName());
        if (diverted == null) {
            return;
        }
        Node.Directory there = tree;
        Path to = diversion.to();
        for (Path name : to.getParent() == null ? Path.of("") : to.getParent()) {
            Node next = there.entries().computeIfAbsent(name, _ -> new Node.Directory(tree.part()));
            if (!(next instanceof Node.Directory inner)) {
                return;
            }
            there = inner;
        }
        there.entries().put(to.getFileName(), diverted);
    }

    /** Whether there is something of this name, relative to the root, symlinks on the way and at the end followed. */
    public boolean has(String path) throws IOException {
        return TreeLinks.follow(root, path(path)) != null;
    }

    /** The regular file that a name leads to, where the store has it. */
    public Optional<Path> file(String path) throws IOException {
        return file(path(path));
    }

    /** As {@link #file(String)}, for names that may be no text. */
    public Optional<Path> file(Path path) throws IOException {
        Path reached = TreeLinks.follow(root, path);
        return reached != null && root.find(reached) instanceof Node.File(_, Path source, _)
                ? Optional.of(source)
                : Optional.empty();
    }

    /** The package whose file, link or directory is at a name, links followed; of a directory the first one's. */
    public Optional<String> owner(String path) throws IOException {
        Path reached = TreeLinks.follow(root, path(path));
        Node node = reached == null ? null : root.find(reached);
        return node == null || node.part() == null ? Optional.empty() : Optional.of(node.part().name());
    }

    /**
     * Where what is below a directory comes from.
     *
     * @param packages by name
     * @param laidOver files and links that lie over those of all packages, in the order of their names
     */
    public record Origins(SortedSet<String> packages, List<Path> laidOver) {}

    /** Where what is below the directory that a name leads to comes from, or the file of that name. */
    public Origins origins(String path) throws IOException {
        Origins origins = new Origins(new TreeSet<>(), new ArrayList<>());
        Path reached = TreeLinks.follow(root, path(path));
        Node node = reached == null ? null : root.find(reached);
        if (node != null) {
            collect(node, origins);
        }
        Collections.sort(origins.laidOver());
        return origins;
    }

    private static void collect(Node node, Origins origins) {
        switch (node) {
            case Node.File(Part part, Path source, _) -> collect(part, source, origins);
            case Node.Link(Part part, Path source, _) -> collect(part, source, origins);
            case Node.Directory(_, Map<Path, Node> entries) -> entries.values().forEach(each -> collect(each, origins));
        }
    }

    private static void collect(@Nullable Part part, Path source, Origins origins) {
        if (part == null) {
            origins.laidOver().add(source);
        } else {
            origins.packages().add(part.name());
        }
    }

    /** Whether a name itself, the last symlink not followed, is a regular file or a directory. */
    public boolean isNoLink(String path) throws IOException {
        Path name = path(path);
        Path parent = TreeLinks.directory(root, name.getParent() == null ? Path.of("") : name.getParent());
        Node node = parent == null ? null : root.find(parent.resolve(name.getFileName()));
        return node instanceof Node.File || node instanceof Node.Directory;
    }

    /** The names in the directory that a name leads to, sorted; none where there is no directory. */
    public List<Path> names(String path) throws IOException {
        return names(path(path));
    }

    /** As {@link #names(String)}, for names that may be no text. */
    public List<Path> names(Path path) throws IOException {
        Path reached = TreeLinks.directory(root, path);
        if (reached == null || !(root.find(reached) instanceof Node.Directory directory)) {
            return List.of();
        }
        List<Path> names = new ArrayList<>(directory.entries().keySet());
        Collections.sort(names);
        return names;
    }

    /**
     * Makes the tree on disk. What was made stays when it fails; the caller makes it in a temporary place.
     *
     * @param folder if it does not exist, it gets the mode 0755 like all directories of the tree; else it is such a
     *     tree, whoever it was made for, and only what is different is changed
     * @throws InterruptedIOException when the thread is interrupted
     */
    public void make(Path folder) throws IOException {
        make(folder, _ -> true);
    }

    /**
     * Makes a part of the tree on disk.
     *
     * @param wanted whether a directory is to be made, by its name relative to the tree; asked only for those in
     *     directories that are
     */
    public void make(Path folder, Predicate<Path> wanted) throws IOException {
        // Waiting for what is done already does not notice an interrupt.
        Interrupts.check();
        TreeWriter writer = new TreeWriter(wanted);
        RecursiveAction work = writer.work(root, folder);
        try (ForkJoinPool pool = pool()) {
            try {
                pool.submit(work).get();
            } catch (InterruptedException _) {
                writer.cancel();
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while making a tree");
            } catch (CancellationException e) {
                throw new IOException(e);
            } catch (ExecutionException e) {
                // Tasks that still run must not write into what the caller takes away.
                writer.cancel();
                throw unwrapped(e);
            }
        }
    }

    private static Path path(String name) {
        return Octets.resolve(Path.of(""), name);
    }

    private static ForkJoinPool pool() {
        return new ForkJoinPool(Math.max(2, Runtime.getRuntime().availableProcessors()));
    }

    private static IOException unwrapped(ExecutionException failure) {
        Throwable cause = failure.getCause();
        while (cause instanceof UncheckedIOException || cause instanceof RuntimeException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof IOException known ? known : new IOException(cause);
    }
}
