// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whole trees of files. Symlinks are never followed. */
public final class FileTrees {
    private static final Set<PosixFilePermission> OWNER_ALL = PosixFilePermissions.fromString("rwx------");

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
            deleteDirectory(path);
        } else {
            Files.deleteIfExists(path);
        }
    }

    /** Deletes like {@link #delete}, to the end even when the thread is interrupted. */
    public static void deleteShielded(Path path) throws IOException {
        Interrupts.shielded(() -> delete(path));
    }

    private static void deleteDirectory(Path directory) throws IOException {
        Interrupts.check();
        makeWritable(directory);
        for (Path entry : entries(directory)) {
            delete(entry);
        }
        Files.deleteIfExists(directory);
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

    /** Octets in the regular files of a tree, each as often as it has names in it; 0 when it is not there. */
    public static long size(Path path) throws IOException {
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
        for (Path entry : entries(path)) {
            total += size(entry);
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
