// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import dev.cairn.build.sandbox.Bubblewrap;
import dev.cairn.build.sandbox.TreeTools;
import dev.cairn.daemon.DaemonException;
import dev.cairn.debian.script.ScriptAction;
import dev.cairn.error.CairnException;
import dev.cairn.fs.Symlinks;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import dev.cairn.tree.Diversion;
import dev.cairn.tree.MergedTree;
import dev.cairn.tree.Part;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Makes an overlay item: what lies over the merged tree of a profile's Debian packages. Its entries are
 *
 * <ul>
 *   <li>{@code contents/NAME[:ARCHITECTURE]}, a link to the contents item of each package in the closure
 *   <li>{@code tree/}, files over those of the packages
 *   <li>{@code diversions}, files of packages that are put under another name ({@link Diversion#text})
 *   <li>{@code notes}, what was not reproduced: {@code PACKAGE: SENTENCE}, a line each
 * </ul>
 *
 * <p>Not made on purpose: an archive of locales ({@code C.UTF-8} comes with the C library), indices of manual pages,
 * formats of TeX.
 *
 * <p>The item depends on the packages alone. What a tool of theirs should make and does not is left out and noted: the
 * packages work without, only slower or less comfortably.
 */
public final class Overlay {
    private static final long ALMOST_FULL = 8L << 20;

    private final StoreLayout layout;
    private final Path temporary;
    private final Isolation isolation;
    private final Consumer<String> log;
    private final OverlayNotes notes = new OverlayNotes();

    /** Finds what isolates programs; only asked when one is to run. */
    @FunctionalInterface
    public interface Isolation {
        /** @throws DaemonException.SandboxUnavailable when this machine does not let programs be isolated */
        Bubblewrap find() throws DaemonException;
    }

    /**
     * @param temporary an empty folder on the file system of the store
     * @param log takes lines of the build's log
     */
    public Overlay(StoreLayout layout, Path temporary, Isolation isolation, Consumer<String> log) {
        this.layout = layout;
        this.temporary = temporary;
        this.isolation = isolation;
        this.log = log;
    }

    /**
     * Makes the item. The calling thread must be a platform thread.
     *
     * @param packages items of the packages that were asked for
     * @param output where the item is made; nothing is there yet
     */
    public void make(Collection<StorePath> packages, Path output) throws CairnException, IOException {
        Closure closure = Closure.of(layout, packages);
        Files.createDirectories(output.resolve("contents"));
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<String, StorePath> each : closure.contents().entrySet()) {
            Symlinks.create(output.resolve("contents").resolve(each.getKey()), each.getValue().toString());
            parts.add(new Part(each.getKey(), layout.physical(each.getValue())));
        }
        OverlayTree overlay = new OverlayTree(Files.createDirectory(output.resolve("tree")));
        ScriptReading scripts = new ScriptReading(parts);
        List<Diversion> diversions = scripts.diversions();
        MergedTree tree = MergedTree.of(parts, diversions, Optional.empty());
        readScripts(scripts, parts, tree, overlay);
        DefaultFiles.add(tree, overlay);
        Certificates.add(tree, overlay);
        DesktopDatabase.add(tree, overlay);
        tree.cover(overlay.root());
        String diverted = Diversion.text(diversions);
        runTools(tree, overlay, new ToolKey(tree, closure, overlay.root(), diverted));
        Files.writeString(output.resolve("diversions"), diverted);
        Files.writeString(output.resolve("notes"), notes.text());
    }

    private void readScripts(ScriptReading scripts, List<Part> parts, MergedTree tree, OverlayTree overlay)
            throws IOException {
        PackageNotes packageNotes = new PackageNotes(notes);
        Alternatives alternatives = new Alternatives();
        for (Part part : parts) {
            List<ScriptAction> actions = scripts.actions(part, tree);
            packageNotes.add(part, actions);
            for (ScriptAction action : actions) {
                if (action instanceof ScriptAction.Alternative alternative) {
                    alternatives.add(part.name(), alternative);
                }
            }
        }
        alternatives.write(tree, overlay, notes);
    }

    private void runTools(MergedTree tree, OverlayTree overlay, ToolKey key) throws CairnException, IOException {
        ToolMemory memory = new ToolMemory(layout.physical("/var/cairn/generated"));
        Map<String, ToolTasks.Wanted> tasks = new LinkedHashMap<>();
        for (ToolTasks.Wanted each : ToolTasks.of(tree)) {
            tasks.put(key.of(each), each);
        }
        for (String known : List.copyOf(tasks.keySet())) {
            if (memory.recall(known, overlay)) {
                tasks.remove(known);
            }
        }
        if (!tasks.isEmpty()) {
            SortedMap<String, Path> made = run(tasks, tree);
            memory.keep(made);
            for (Path output : made.values()) {
                overlay.take(output);
            }
        }
    }

    /** Runs tools; the folders with what they made are by the keys of their tasks. */
    private SortedMap<String, Path> run(Map<String, ToolTasks.Wanted> tasks, MergedTree tree)
            throws CairnException, IOException {
        SortedMap<String, Path> made = new TreeMap<>();
        List<ToolTasks.Wanted> wanted = List.copyOf(tasks.values());
        Bubblewrap bubblewrap;
        try {
            bubblewrap = isolation.find();
        } catch (DaemonException.SandboxUnavailable e) {
            log.accept("note: " + e.getMessage());
            wanted.forEach(each -> notes.add(
                    each.owner(), each.product() + " was not made, because this machine lets no programs be isolated"));
            return made;
        }
        Path merged = temporary.resolve("tree");
        tree.make(merged, directory -> ToolTasks.isRead(directory, wanted));
        Path room = Files.createDirectory(temporary.resolve("tools"));
        List<TreeTools.Ending> endings = new TreeTools(bubblewrap, merged, room)
                .run(wanted.stream().map(ToolTasks.Wanted::task).toList());
        List<String> keys = List.copyOf(tasks.keySet());
        for (int i = 0; i < endings.size(); i++) {
            if (endings.get(i).exitCode() == 0) {
                made.put(keys.get(i), endings.get(i).output());
            } else {
                explain(wanted.get(i), endings.get(i));
            }
        }
        return made;
    }

    private void explain(ToolTasks.Wanted wanted, TreeTools.Ending ending) throws IOException {
        if (Files.getFileStore(temporary).getUsableSpace() < ALMOST_FULL) {
            throw new FileSystemException(temporary.toString(), null, "No space left on device");
        }
        log.accept("note: " + wanted.product() + " was not made (exit code " + ending.exitCode() + ")");
        ending.log().lines().limit(20).forEach(line -> log.accept("  " + line));
        notes.add(wanted.owner(), wanted.product() + " was not made: the program for it failed");
    }
}
