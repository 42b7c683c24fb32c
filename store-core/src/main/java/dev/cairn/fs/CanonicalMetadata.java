// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * The permissions, times and owner that every file of an item has (formats, section 8.1): mode 0444, or 0555 where the
 * owner could execute; modified one second after the epoch; owned by whoever runs the store.
 */
public final class CanonicalMetadata {
    /** When every file of the store was last modified. */
    public static final FileTime MTIME = FileTime.fromMillis(1000);

    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("r--r--r--");
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("r-xr-xr-x");
    private static final int PERMISSION_BITS = 07777;
    private static final int OWNER_EXECUTE = 0100;
    private static final int OWNER_ALL = 0700;

    private CanonicalMetadata() {}

    /**
     * Makes a tree canonical, entries before their directory.
     *
     * @throws FileSystemException when something in it is no regular file, directory or symlink
     * @throws java.io.InterruptedIOException when the thread is interrupted
     */
    public static void apply(Path path) throws IOException {
        apply(path, ownUser());
    }

    private static void apply(Path path, int user) throws IOException {
        Entry entry = Entry.read(path);
        entry.begin(path, user);
        if (entry.kind() == Kind.DIRECTORY) {
            Interrupts.check();
            for (Path inside : FileTrees.entries(path)) {
                apply(inside, user);
            }
        }
        entry.end(path);
    }

    /** What the store takes. */
    enum Kind {
        FILE,
        DIRECTORY,
        LINK
    }

    /**
     * A file, directory or symlink as it was found.
     *
     * @param mode permission bits
     * @param current whether it has the right time of modification
     * @param size octets of a file
     */
    record Entry(Kind kind, int mode, int user, boolean current, long size) {
        static Entry read(Path path) throws IOException {
            Map<String, Object> attributes = Files.readAttributes(
                    path,
                    "unix:mode,uid,isDirectory,isRegularFile,isSymbolicLink,lastModifiedTime,size",
                    LinkOption.NOFOLLOW_LINKS);
            return new Entry(
                    kind(path, attributes),
                    (Integer) attributes.get("mode") & PERMISSION_BITS,
                    (Integer) attributes.get("uid"),
                    attributes.get("lastModifiedTime").equals(MTIME),
                    (Long) attributes.get("size"));
        }

        private static Kind kind(Path path, Map<String, Object> attributes) throws FileSystemException {
            if ((Boolean) attributes.get("isRegularFile")) {
                return Kind.FILE;
            }
            if ((Boolean) attributes.get("isDirectory")) {
                return Kind.DIRECTORY;
            }
            if ((Boolean) attributes.get("isSymbolicLink")) {
                return Kind.LINK;
            }
            throw new FileSystemException(
                    path.toString(), null, "the store takes only regular files, directories and symlinks");
        }

        /** Whether it is a file exactly as this process makes those of items. */
        boolean isCanonicalFile() throws IOException {
            return kind == Kind.FILE && (mode == 0444 || mode == 0555) && current && user == ownUser();
        }

        boolean executable() {
            return (mode & OWNER_EXECUTE) != 0;
        }

        /** Sets all that can be set before what is inside; a directory can be written to afterwards. */
        void begin(Path path, int owner) throws IOException {
            if (user != owner) {
                Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
            }
            if (kind == Kind.DIRECTORY && (mode & OWNER_ALL) != OWNER_ALL) {
                FileTrees.makeWritable(path);
            }
            if (kind == Kind.FILE && mode != (executable() ? 0555 : 0444)) {
                Files.setPosixFilePermissions(path, executable() ? EXECUTABLE : PLAIN);
            }
        }

        /** Sets the rest. */
        void end(Path path) throws IOException {
            if (kind == Kind.DIRECTORY) {
                Files.setPosixFilePermissions(path, executable() ? EXECUTABLE : PLAIN);
            }
            if (kind == Kind.DIRECTORY || !current) {
                setModified(path);
            }
        }
    }

    /** Gives one file, directory or symlink, not followed, the canonical time of modification. */
    public static void setModified(Path path) throws IOException {
        FileTimes.setModified(path, MTIME);
    }

    static int ownUser() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }
}
