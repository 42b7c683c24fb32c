// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Says in words why an operation on files failed, which the JDK's exceptions do only in part. */
public final class IoReasons {
    private static final long FULL_BELOW = 64 * 1024;

    private IoReasons() {}

    /** Why, and on which file where that is known; begins with a small letter and has no full stop. */
    public static String describe(IOException cause) {
        return switch (cause) {
            case AccessDeniedException denied -> "no permission for '" + denied.getFile() + "'";
            case NoSuchFileException missing -> "'" + missing.getFile() + "' does not exist";
            case NotDirectoryException other -> "'" + other.getFile() + "' is not a folder";
            case FileAlreadyExistsException taken -> "'" + taken.getFile() + "' exists already";
            case FileSystemException other when other.getFile() != null && other.getReason() != null ->
                "'" + other.getFile() + "': " + other.getReason();
            default -> Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
        };
    }

    /** What can be done about it, where that is known, as full sentences. */
    public static Optional<String> hint(IOException cause) {
        String text = Optional.ofNullable(cause.getMessage()).orElse("").toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("quota exceeded") || isFull(cause)) {
            return Optional.of("The disk is full. Free some space, by 'cairn gc' for instance, and try again.");
        }
        if (cause instanceof NoLocksException) {
            return Optional.of(NoLocksException.HINT);
        }
        if (cause instanceof AccessDeniedException || text.contains("permission denied")) {
            return Optional.of(file(cause)
                    .map(file -> "Check who owns '" + file + "' and whether this user may write to it.")
                    .orElse("Check who owns the files and whether this user may write to them."));
        }
        if (text.contains("read-only file system")) {
            return Optional.of("The file system is mounted read-only; mount it writable and try again.");
        }
        return Optional.empty();
    }

    private static Optional<String> file(IOException cause) {
        return cause instanceof FileSystemException other ? Optional.ofNullable(other.getFile()) : Optional.empty();
    }

    /** The system's own texts may be in the user's language, so a full disk is looked for as well. */
    private static boolean isFull(IOException cause) {
        if (cause instanceof FileNotFoundException
                || !(cause instanceof FileSystemException other)
                || other.getFile() == null) {
            return false;
        }
        try {
            Path folder = Path.of(other.getFile()).toAbsolutePath().getParent();
            return folder != null && Files.getFileStore(folder).getUsableSpace() < FULL_BELOW;
        } catch (IOException | InvalidPathException _) {
            return false;
        }
    }
}
