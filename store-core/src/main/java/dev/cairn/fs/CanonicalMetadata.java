// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
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
        Map<String, Object> attributes =
                Files.readAttributes(path, "unix:mode,uid,isDirectory,isRegularFile,isSymbolicLink,lastModifiedTime",
                        LinkOption.NOFOLLOW_LINKS);
        boolean directory = (Boolean) attributes.get("isDirectory");
        boolean link = (Boolean) attributes.get("isSymbolicLink");
        if (!directory && !link && !(Boolean) attributes.get("isRegularFile")) {
            throw new FileSystemException(
                    path.toString(), null, "the store takes only regular files, directories and symlinks");
        }
        if ((Integer) attributes.get("uid") != user) {
            Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
        }
        int mode = (Integer) attributes.get("mode") & PERMISSION_BITS;
        if (directory) {
            Interrupts.check();
            FileTrees.makeWritable(path);
            for (Path entry : FileTrees.entries(path)) {
                apply(entry, user);
            }
        }
        if (!link) {
            boolean executable = (mode & OWNER_EXECUTE) != 0;
            if (directory || mode != (executable ? 0555 : 0444)) {
                Files.setPosixFilePermissions(path, executable ? EXECUTABLE : PLAIN);
            }
        }
        if (directory || !attributes.get("lastModifiedTime").equals(MTIME)) {
            setModified(path);
        }
    }

    /** Gives one file, directory or symlink, not followed, the canonical time of modification. */
    public static void setModified(Path path) throws IOException {
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(MTIME, null, null);
    }

    private static int ownUser() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }
}
