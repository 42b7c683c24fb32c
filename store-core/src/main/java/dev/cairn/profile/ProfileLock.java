// SPDX-License-Identifier: Apache-2.0
package dev.cairn.profile;

import dev.cairn.fs.PosixLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The lock {@code PROFILE.lock} that Guix takes too (formats, section 10.4): held for the whole of a change, deleted
 * afterwards, never waited for.
 */
final class ProfileLock implements AutoCloseable {
    private static final int ATTEMPTS = 100;

    private final Path file;
    private final Optional<PosixLock> lock;

    private ProfileLock(Path file, Optional<PosixLock> lock) {
        this.file = file;
        this.lock = lock;
    }

    /** Takes the lock; empty when another thread or process holds it. */
    static Optional<ProfileLock> tryAcquire(Path file) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Object> before = identity(file);
            Optional<PosixLock> lock;
            try {
                lock = PosixLock.tryAcquire(file, PosixLock.Mode.EXCLUSIVE);
            } catch (IOException e) {
                if (isUnsupported(e)) {
                    // Some network file systems have no locks; Guix goes on without one there.
                    return Optional.of(new ProfileLock(file, Optional.empty()));
                }
                throw e;
            }
            if (lock.isEmpty()) {
                return Optional.empty();
            }
            // Its last holder may have deleted the file between our opening and locking it.
            if (before.isPresent() && before.equals(identity(file))) {
                return Optional.of(new ProfileLock(file, lock));
            }
            lock.get().close();
        }
        return Optional.empty();
    }

    private static Optional<Object> identity(Path file) throws IOException {
        try {
            return Optional.of(Files.getAttribute(file, "unix:ino"));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private static boolean isUnsupported(IOException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("no locks available");
    }

    /** Gives the lock up, deleting the file while it is still ours. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        if (lock.isPresent()) {
            lock.get().close();
        }
    }
}
