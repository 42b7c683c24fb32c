// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import dev.cairn.daemon.DaemonException;
import dev.cairn.fs.AtomicFiles;
import dev.cairn.fs.PosixLock;
import dev.cairn.layout.Places;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The files beside the database proper (formats, sections 7.1 and 7.5). */
final class DatabaseFiles {
    static final long RESERVED_SIZE = 8L * 1024 * 1024;

    private static final int MAX_DIGITS = 9;

    private final Path directory;

    DatabaseFiles(Path directory) {
        this.directory = directory;
    }

    /** The SQLite file. Nothing but SQLite may open it: closing a descriptor would drop SQLite's locks. */
    Path database() {
        return directory.resolve("db.sqlite");
    }

    /** Keeps the database from being taken over by something that must be alone with it. */
    PosixLock bigLock() throws IOException {
        return PosixLock.acquire(directory.resolve("big-lock"), PosixLock.Mode.SHARED);
    }

    /**
     * Reads the version of the schema.
     *
     * @param version that of a new database, which is written
     */
    Schema schema(int version) throws IOException, DaemonException {
        Path file = directory.resolve("schema");
        if (!Files.exists(file)) {
            AtomicFiles.write(file, Integer.toString(version).getBytes(StandardCharsets.US_ASCII));
            return Schema.of(version).orElseThrow();
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        boolean digits = !text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw unusable(
                    "its file 'schema' is damaged: it must hold just the number " + version,
                    "If the database is otherwise sound, repair it with: printf " + version + " > '" + file + "'");
        }
        int present = Integer.parseInt(text);
        Optional<Schema> known = Schema.of(present);
        if (known.isPresent()) {
            return known.get();
        }
        if (present < Places.GUIX_SCHEMA) {
            throw unusable(
                    "it has version " + present + ", which is older than " + Places.GUIX_SCHEMA,
                    "Let a Guix daemon open the store once; it brings the database up to date.");
        }
        throw unusable(
                "it has version " + present + ", and this program knows " + Places.GUIX_SCHEMA + " (Guix's) and "
                        + Places.NIX_SCHEMA + " (Nix's)",
                "Another program made it. Use that one, or give this one a store of its own.");
    }

    /** Sets space aside that a collection on a full disk can be given. */
    void reserve() throws IOException {
        Path file = directory.resolve("reserved");
        if (Files.exists(file) && Files.size(file) == RESERVED_SIZE) {
            return;
        }
        Path temporary = AtomicFiles.besides(file);
        try {
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            // Written out rather than made with a hole, so that the space is really taken.
            byte[] zeros = new byte[64 * 1024];
            try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
                for (long written = 0; written < RESERVED_SIZE; written += zeros.length) {
                    out.write(zeros);
                }
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Gives the reserved space up, so that a collection can write on a full disk.
     *
     * @return whether there was any
     */
    boolean release() throws IOException {
        return Files.deleteIfExists(directory.resolve("reserved"));
    }

    private DaemonException unusable(String problem, String hint) {
        return new DaemonException.DatabaseUnusable(database(), problem, hint, Optional.empty());
    }
}
