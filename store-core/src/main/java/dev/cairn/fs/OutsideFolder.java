// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A folder that a build has outside the store, in {@code /tmp} for instance, remembered by a link in the folder that it
 * has inside: whoever finds the one when the build was killed finds and deletes the other. The link's name holds the
 * number of the folder's inode, since another folder may have got the same name meanwhile.
 */
public final class OutsideFolder {
    private static final String PREFIX = "outside-";

    private OutsideFolder() {}

    /** Remembers the outside folder of a build. */
    public static void remember(Path inside, Path outside) throws IOException {
        Symlinks.create(inside.resolve(PREFIX + inode(outside)), outside.toString());
    }

    /**
     * Deletes the outside folders that are remembered in a folder, if it is one and has any. What somebody else than
     * this user made is neither believed nor deleted.
     */
    public static void delete(Path inside) throws IOException {
        if (!Files.isDirectory(inside, LinkOption.NOFOLLOW_LINKS) || !isOwn(inside)) {
            return;
        }
        for (Path link : FileTrees.entries(inside)) {
            String name = link.getFileName().toString();
            if (name.startsWith(PREFIX) && Files.isSymbolicLink(link) && isOwn(link)) {
                Path outside = Files.readSymbolicLink(link);
                if (outside.isAbsolute()
                        && Files.isDirectory(outside, LinkOption.NOFOLLOW_LINKS)
                        && isOwn(outside)
                        && name.equals(PREFIX + inode(outside))) {
                    FileTrees.delete(outside);
                }
            }
        }
    }

    private static boolean isOwn(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(CanonicalMetadata.ownUser());
    }

    private static String inode(Path folder) throws IOException {
        return Files.getAttribute(folder, "unix:ino", LinkOption.NOFOLLOW_LINKS).toString();
    }
}
