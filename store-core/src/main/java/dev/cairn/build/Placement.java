// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.error.FormatException;
import dev.cairn.fs.CanonicalMetadata;
import dev.cairn.fs.FileTrees;
import dev.cairn.hash.Hash;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Moves what builders made to where it belongs in the store. */
final class Placement {
    private static final Set<PosixFilePermission> MOVABLE = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> CANONICAL = PosixFilePermissions.fromString("r-xr-xr-x");

    private final StoreLayout layout;

    Placement(StoreLayout layout) {
        this.layout = layout;
    }

    /** The name under which guix-daemon's own builders make an output that is valid already (daemon, section 8.8). */
    static String redirected(StorePath derivation, StorePath output) {
        String subject = "rewrite:" + derivation + ":" + output;
        String hash = Hash.sha256(subject.getBytes(StandardCharsets.ISO_8859_1)).base32();
        return output.directory().path() + "/" + hash.substring(0, StorePath.HASH_LENGTH) + "-" + output.name();
    }

    /** Gives an item its name, which nothing has. */
    void put(Path file, StorePath item) throws IOException {
        move(file, layout.physical(item));
    }

    /**
     * Puts an item in the place of one with other contents, which is deleted. There is one step in which neither is
     * there; who is killed in it leaves an item that is missing, for the next repair.
     */
    void replace(Path file, StorePath item) throws IOException {
        Path place = layout.physical(item);
        if (!FileTrees.exists(place)) {
            move(file, place);
            return;
        }
        Path old = place.resolveSibling(item.baseName() + ".old-" + ProcessHandle.current().pid() + "-"
                + ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
        move(place, old);
        boolean replaced = false;
        try {
            move(file, place);
            replaced = true;
        } finally {
            if (replaced) {
                FileTrees.deleteShielded(old);
            } else {
                move(old, place);
            }
        }
    }

    /** Keeps another version of an item beside it, in place of one that was kept before. @return its name */
    StorePath keepBeside(Path file, StorePath item) throws IOException {
        StorePath name = beside(item);
        FileTrees.delete(layout.physical(name));
        move(file, layout.physical(name));
        return name;
    }

    /** Where another version of an item is kept. */
    StorePath beside(StorePath item) throws IOException {
        try {
            return layout.storeDirectory().item(item.baseName() + "-check");
        } catch (FormatException e) {
            throw new IOException("no name is left for another version of " + item, e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        if (from.equals(to)) {
            return;
        }
        // Only who may write to a directory can give it another parent.
        boolean directory = Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS);
        if (directory) {
            Files.setPosixFilePermissions(from, MOVABLE);
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        if (directory) {
            Files.setPosixFilePermissions(to, CANONICAL);
            CanonicalMetadata.setModified(to);
        }
    }
}
