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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The merged trees of the profiles with Debian packages, {@code ROOT/var/cairn/trees/NAME}, where NAME is that of the
 * profile's overlay item. A tree can always be made again. It appears complete or not at all, and goes when no current
 * generation and no running program needs it; a roll-back makes it again. Callers hold the launchers' lock.
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
     */
    void deleteUnneeded(List<Path> profiles) throws IOException {
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
        List<Path> leaving = FileTrees.entries(folder).stream()
                .filter(tree -> tree.getFileName().toString().startsWith("."))
                .toList();
        if (!leaving.isEmpty()) {
            Set<String> inUse = TreesInUse.find(Path.of("/proc"), folder);
            for (Path tree : leaving) {
                if (!inUse.contains(tree.getFileName().toString())) {
                    FileTrees.delete(tree);
                }
            }
        }
    }
}
