// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import dev.cairn.error.CairnException;
import dev.cairn.fs.AtomicFiles;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import dev.cairn.layout.LogicalFiles;
import dev.cairn.layout.StoreLayout;
import dev.cairn.profile.Profile;
import dev.cairn.tree.MergedTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The merged trees of the profiles with Debian packages, {@code ROOT/var/cairn/trees/NAME}, where NAME is that of the
 * profile's overlay item. A tree can always be made again. It appears complete or not at all, and goes when no current
 * generation and no running program needs it. The last such tree is kept for the next change of any profile: most
 * generations are nearly the same, and so only what is different has to be made. Callers hold the launchers' lock.
 */
final class DebianTrees {
    /** Changes whenever what a tree is completed with changes. */
    private static final String FORMAT = "1\n";

    private static final String MARK = "complete";
    private static final String OVERLAY = "debian";
    private static final String NEW = ".new-";
    private static final String LEAVING = ".leaving-";

    private final StoreLayout layout;
    private final LogicalFiles files;
    private final Path folder;

    DebianTrees(StoreLayout layout) {
        this.layout = layout;
        this.files = new LogicalFiles(layout);
        this.folder = layout.physical("/var/cairn/trees");
    }

    /** Whether there are trees, or may be. */
    boolean any() {
        return Files.isDirectory(folder);
    }

    /** The physical overlay item of a profile's current generation; empty where that has no Debian packages. */
    Optional<Path> overlay(Path profileLink) throws IOException {
        return files.resolve(profileLink.toAbsolutePath().resolve(OVERLAY));
    }

    /** The tree of a profile's current generation, made if it is not there. */
    Optional<Path> make(Profile profile) throws CairnException, IOException {
        Optional<Path> overlay = overlay(profile.link());
        if (overlay.isEmpty()) {
            return Optional.empty();
        }
        Path tree = folder.resolve(overlay.get().getFileName());
        if (!isComplete(tree)) {
            Files.createDirectories(folder);
            Path made = folder.resolve(NEW + tree.getFileName());
            FileTrees.delete(made);
            try {
                reuse(made);
                MergedTree.ofOverlay(layout, overlay.get()).make(made);
                Files.createDirectories(made.resolve("usr"));
                Files.createDirectories(made.resolve("etc"));
                HostLinks.add(made, Path.of("/usr"));
                Files.writeString(made.resolve(MARK), FORMAT, StandardCharsets.UTF_8);
                if (FileTrees.exists(tree)) {
                    putAside(tree);
                }
                Files.move(made, tree, StandardCopyOption.ATOMIC_MOVE);
                AtomicFiles.syncDirectory(folder);
            } catch (CairnException | IOException e) {
                Interrupts.shielded(() -> FileTrees.delete(made));
                throw e;
            }
        }
        return Optional.of(tree);
    }

    /** Gives the last tree that nobody needs to be made into another one. */
    private void reuse(Path made) throws IOException {
        List<Path> spares = spares(unused());
        if (!spares.isEmpty()) {
            Files.delete(spares.getFirst().resolve(MARK));
            Files.move(spares.getFirst(), made, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void putAside(Path tree) throws IOException {
        String name = AtomicFiles.besides(tree).getFileName().toString();
        Files.move(tree, folder.resolve(LEAVING + name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isComplete(Path tree) throws IOException {
        try {
            return Files.readString(tree.resolve(MARK)).equals(FORMAT);
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    /**
     * Deletes what no generation and no program needs, also what a process left that was killed.
     *
     * @param profiles links of all profiles
     * @param spares how many trees to keep all the same
     */
    void deleteUnneeded(List<Path> profiles, int spares) throws IOException {
        if (!any()) {
            return;
        }
        Set<String> needed = new HashSet<>();
        for (Path profile : profiles) {
            overlay(profile).ifPresent(overlay -> needed.add(overlay.getFileName().toString()));
        }
        // Put out of reach first: who starts a program now does not find the tree, who has started one is found.
        for (Path tree : FileTrees.entries(folder)) {
            String name = tree.getFileName().toString();
            if (!name.startsWith(".") && !needed.contains(name)) {
                putAside(tree);
            }
        }
        List<Path> unused = unused();
        unused.removeAll(spares(unused).stream().limit(spares).toList());
        for (Path tree : unused) {
            FileTrees.delete(tree);
        }
    }

    /** The complete ones of some trees, what was put aside last first. */
    private static List<Path> spares(List<Path> trees) throws IOException {
        record Spare(Path tree, FileTime since) {}

        List<Spare> spares = new ArrayList<>();
        for (Path tree : trees) {
            if (isComplete(tree)) {
                spares.add(new Spare(tree, (FileTime) Files.getAttribute(tree, "unix:ctime")));
            }
        }
        spares.sort(Comparator.comparing(Spare::since).reversed());
        return spares.stream().map(Spare::tree).toList();
    }

    /** The trees that are out of reach and that no program uses any more. */
    private List<Path> unused() throws IOException {
        List<Path> leaving = new ArrayList<>();
        for (Path tree : FileTrees.entries(folder)) {
            if (tree.getFileName().toString().startsWith(".")) {
                leaving.add(tree);
            }
        }
        if (!leaving.isEmpty()) {
            Set<String> inUse = TreesInUse.find(Path.of("/proc"), folder);
            leaving.removeIf(tree -> inUse.contains(tree.getFileName().toString()));
        }
        return leaving;
    }
}
