// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;

/**
 * A folder that a build has outside the store, in {@code /tmp} for instance, remembered by a link in the folder that it
 * has inside: whoever finds the one when the build was killed finds and deletes the other. The link's name holds the
 * number of the folder's inode, since another folder may have got the same name meanwhile.
 */
public final class OutsideFolder {
    private static final String PREFIX = "outside-";
    private static final String INTENDED = "intended";

    private OutsideFolder() {}

    /**
     * Makes the outside folder of a build and remembers it. There is no moment in which it is there and nothing tells
     * of it: that it is to be made is remembered before.
     *
     * @throws java.nio.file.FileAlreadyExistsException when something has that name; then nothing is remembered
     */
    public static void create(Path inside, Path outside, FileAttribute<?>... attributes) throws IOException {
        Path intended = inside.resolve(INTENDED);
        Symlinks.create(intended, outside.toString());
        try {
            Files.createDirectory(outside, attributes);
            Symlinks.create(inside.resolve(PREFIX + inode(outside)), outside.toString());
        } finally {
            Files.delete(intended);
        }
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
            } else if (name.equals(INTENDED) && Files.isSymbolicLink(link) && isOwn(link)) {
                deleteIntended(Files.readSymbolicLink(link));
            }
        }
    }

    /** A folder that had no time to become anything is empty; one that has contents has another owner by now. */
    private static void deleteIntended(Path outside) throws IOException {
        if (outside.isAbsolute() && Files.isDirectory(outside, LinkOption.NOFOLLOW_LINKS) && isOwn(outside)) {
            try {
                Files.deleteIfExists(outside);
            } catch (DirectoryNotEmptyException _) {
                // It is another one of that name.
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
