// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import dev.cairn.daemon.DaemonException;
import dev.cairn.database.StoreDatabase;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.fs.Deduplicator;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.LargeFiles;
import dev.cairn.fs.OutsideFolder;
import dev.cairn.fs.Interrupts;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * Deletes garbage (formats, section 9.5). An item's row goes first: from then on whatever is left of it is no item, and
 * the next collection takes it. Directories are moved to {@code trash}, so that the long part happens when others can
 * add items again.
 */
final class TrashRemover implements Remover {
    private static final double MEBI = 1024 * 1024;

    private final StoreLayout layout;
    private final StoreDatabase database;
    private final Path trash;
    private final Activities.Activity activity;
    private long freed;

    /** Starts with an empty trash. */
    TrashRemover(StoreLayout layout, StoreDatabase database, Activities.Activity activity) throws IOException {
        this.layout = layout;
        this.database = database;
        this.activity = activity;
        this.trash = layout.physicalStore().resolve("trash");
        delete(trash);
        makeTrash();
    }

    @Override
    public boolean item(StorePath path) throws DaemonException, IOException {
        if (!database.invalidate(path)) {
            // Somebody registered a referrer: it was a temporary root, so this would have been live. Leave it.
            return false;
        }
        moveOrDelete(layout.physical(path));
        return true;
    }

    @Override
    public boolean stray(Path entry) throws DaemonException, IOException {
        var item = new StoreNames(layout).item(entry.getFileName().toString());
        if (item.isPresent() && database.isValid(item.get())) {
            return false;
        }
        // A build that was killed also has a folder elsewhere.
        OutsideFolder.delete(entry);
        moveOrDelete(entry);
        return true;
    }

    private void moveOrDelete(Path path) throws IOException {
        FileNode node;
        try {
            node = FileNode.read(path);
        } catch (NoSuchFileException _) {
            return;
        }
        if (!node.isDirectory()) {
            delete(path);
            return;
        }
        // A directory that changes its parent must be writable itself.
        FileTrees.makeWritable(path);
        try {
            move(path);
        } catch (NoSuchFileException _) {
            // Another collection has just emptied the trash and taken the folder with it.
            makeTrash();
            moveOrGiveUp(path);
        } catch (FileSystemException _) {
            delete(path);
        }
    }

    private void moveOrGiveUp(Path path) throws IOException {
        try {
            move(path);
        } catch (FileSystemException _) {
            delete(path);
        }
    }

    private void move(Path path) throws IOException {
        Files.move(path, trash.resolve(path.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    private void makeTrash() throws IOException {
        try {
            Files.createDirectory(trash);
        } catch (FileAlreadyExistsException _) {
            // Another collection is still emptying it.
        }
    }

    /** Deletes a tree and counts the files that lose their last name. */
    private void delete(Path path) throws IOException {
        FileNode node;
        try {
            node = FileNode.read(path);
        } catch (NoSuchFileException _) {
            return;
        }
        if (node.isDirectory()) {
            while (!deleteEntries(path, path)) {
                Interrupts.check();
            }
            Files.deleteIfExists(path);
        } else {
            deleteName(path, node);
        }
    }

    /** @return false when there are new entries in the root: directories that were too deep to be named */
    private boolean deleteEntries(Path root, Path directory) throws IOException {
        Interrupts.check();
        FileTrees.makeWritable(directory);
        boolean all = true;
        for (Path entry : FileTrees.entries(directory)) {
            FileNode node;
            try {
                node = FileNode.read(entry);
            } catch (NoSuchFileException _) {
                continue;
            }
            if (!node.isDirectory()) {
                deleteName(entry, node);
            } else if (FileTrees.isTooDeep(root, entry)) {
                FileTrees.moveUp(root, entry);
                all = false;
            } else {
                all &= deleteEntries(root, entry);
                Files.deleteIfExists(entry);
            }
        }
        return all;
    }

    private void deleteName(Path path, FileNode node) throws IOException {
        if (Files.deleteIfExists(path) && node.isFile() && node.names() == 1) {
            freed += node.size();
        }
    }

    @Override
    public void finish() throws IOException {
        activity.message(Event.Verbosity.INFO, "deleting `" + layout.storeDirectory() + "/trash'");
        delete(trash);
        activity.message(Event.Verbosity.ERROR, "deleting unused links...");
        // What linking saves, less what the folder of links itself takes.
        long saved = -FileNode.read(layout.links()).size();
        for (Path link : FileTrees.entries(layout.links())) {
            Interrupts.check();
            try {
                FileNode node = FileNode.read(link);
                if (node.names() == 1 || node.size() < Deduplicator.MIN_SIZE) {
                    deleteName(link, node);
                } else {
                    saved += (node.names() - 2) * node.size();
                }
            } catch (NoSuchFileException _) {
                // Another collection cleans up, too.
            }
        }
        new LargeFiles(layout.physicalStore(), layout.largeFiles()).forgetGone();
        activity.message(
                Event.Verbosity.INFO,
                String.format(Locale.ROOT, "note: currently hard linking saves %.2f MiB", saved / MEBI));
    }

    @Override
    public long freed() {
        return freed;
    }
}
