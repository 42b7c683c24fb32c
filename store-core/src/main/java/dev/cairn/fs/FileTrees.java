// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whole trees of files. Symlinks are never followed. */
public final class FileTrees {
    private static final Set<PosixFilePermission> OWNER_ALL = PosixFilePermissions.fromString("rwx------");

    /**
     * Characters of a name below that of the whole tree from which on nothing more is looked for below it, three octets
     * to a character: the system takes no names of 4096 octets, though programs can make such trees step by step.
     */
    private static final int LONG_NAME = 1000;

    private FileTrees() {}

    /**
     * Deletes a file, link or tree if it is there. Directories that forbid it are made writable first.
     *
     * @throws java.io.InterruptedIOException when the thread is interrupted; some of the tree is then left
     */
    public static void delete(Path path) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = attributes(path);
        } catch (NoSuchFileException _) {
            return;
        }
        if (attributes.isDirectory()) {
            while (!deleteEntries(path, path)) {
                Interrupts.check();
            }
        }
        Files.deleteIfExists(path);
    }

    /** Deletes like {@link #delete}, to the end even when the thread is interrupted. */
    public static void deleteShielded(Path path) throws IOException {
        Interrupts.shielded(() -> delete(path));
    }

    /** @return false when there are new entries in the root: directories that were moved there */
    private static boolean deleteEntries(Path root, Path directory) throws IOException {
        Interrupts.check();
        makeWritable(directory);
        boolean all = true;
        for (Path entry : entries(directory)) {
            if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(entry);
            } else if (isTooDeep(root, entry)) {
                moveUp(root, entry);
                all = false;
            } else {
                all &= deleteEntries(root, entry);
                Files.deleteIfExists(entry);
            }
        }
        return all;
    }

    /** Whether the names of what is in a directory may be longer than the system takes. @param root of the tree */
    public static boolean isTooDeep(Path root, Path directory) {
        return directory.toString().length() - root.toString().length() > LONG_NAME;
    }

    /** Moves a directory that is too deep to the top of its tree, which is being deleted. */
    public static void moveUp(Path root, Path directory) throws IOException {
        // A directory that changes its parent must be writable itself.
        makeWritable(directory);
        Path moved = root.resolve("deep-" + Long.toHexString(System.nanoTime()));
        while (exists(moved)) {
            moved = root.resolve(moved.getFileName() + "+");
        }
        Files.move(directory, moved, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Lets the owner change the entries of a directory. */
    public static void makeWritable(Path directory) throws IOException {
        Set<PosixFilePermission> permissions =
                Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
        if (!permissions.containsAll(OWNER_ALL)) {
            Files.setPosixFilePermissions(directory, OWNER_ALL);
        }
    }

    /** The entries of a directory, in no order. Read at once, so that no descriptor stays open. */
    public static List<Path> entries(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    /**
     * Octets in the regular files of a tree, each as often as it has names in it; 0 when it is not there. Those that
     * lie too deep for the system to name them are not counted.
     */
    public static long size(Path path) throws IOException {
        return size(path, path);
    }

    private static long size(Path root, Path path) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = attributes(path);
        } catch (NoSuchFileException _) {
            return 0;
        }
        if (!attributes.isDirectory()) {
            return attributes.isRegularFile() ? attributes.size() : 0;
        }
        Interrupts.check();
        long total = 0;
        if (!isTooDeep(root, path)) {
            for (Path entry : entries(path)) {
                total += size(root, entry);
            }
        }
        return total;
    }

    /** Whether there is something of that name, a dangling link for instance. */
    public static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
