// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes the folders for users' profiles, as nobody but the superuser may make them himself. */
final class UserFolders {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@$-]{0,63}");

    private final Optional<Path> parent;

    /** @param parent the folder of them all; empty to make none */
    UserFolders(Optional<Path> parent) {
        this.parent = parent;
    }

    /**
     * Makes the folder of a user where it is missing.
     *
     * @param user the owner; names that are no names of users get no folder
     * @param vouched whether the system says that the client is this user; then the folder is given to him
     * @return what the client is to be told, if anything
     */
    Optional<String> make(String user, boolean vouched) throws IOException {
        if (parent.isEmpty() || !NAME.matcher(user).matches()) {
            return Optional.empty();
        }
        Path folder = parent.get().resolve(user);
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) || !vouched && !isUser(user)) {
            return Optional.empty();
        }
        try {
            Files.createDirectory(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (FileAlreadyExistsException _) {
            return Optional.empty();
        }
        return vouched ? give(folder, user) : Optional.empty();
    }

    /** Whether there is such a user; a number always is one to the system. */
    private static boolean isUser(String name) throws IOException {
        if (name.chars().allMatch(Character::isDigit)) {
            return false;
        }
        try {
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name);
            return true;
        } catch (UserPrincipalNotFoundException _) {
            return false;
        }
    }

    private static Optional<String> give(Path folder, String user) throws IOException {
        UserPrincipal owner = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
        if (Files.getOwner(folder).equals(owner)) {
            return Optional.empty();
        }
        try {
            Files.setOwner(folder, owner);
            return Optional.empty();
        } catch (FileSystemException _) {
            return Optional.of("failed to change owner of directory '" + folder + "' to "
                    + Integer.toUnsignedString(owner.hashCode()) + ": Operation not permitted");
        }
    }
}
