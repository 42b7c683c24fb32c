// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Replaces files and symlinks so that a reader, or a crash at any instant, finds the old or the new one: written
 * beside it, synced, renamed over it, and the folder synced.
 */
public final class AtomicFiles {
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");

    private AtomicFiles() {}

    /** Writes {@code contents} to {@code file}, readable by everybody. */
    public static void write(Path file, byte[] contents) throws IOException {
        write(file, contents, PLAIN);
    }

    /**
     * Writes {@code contents} to {@code file}.
     *
     * @param permissions exactly those of the new file, whatever the umask
     */
    public static void write(Path file, byte[] contents, Set<PosixFilePermission> permissions) throws IOException {
        Interrupts.check();
        Path temporary = besides(file);
        Interrupts.shielded(() -> {
            try {
                Files.createFile(temporary, PosixFilePermissions.asFileAttribute(permissions));
                Files.setPosixFilePermissions(temporary, withOwnerWrite(permissions));
                try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
                    out.write(contents);
                    out.getFD().sync();
                }
                Files.setPosixFilePermissions(temporary, permissions);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Files.deleteIfExists(temporary);
                throw e;
            }
            syncDirectory(file.toAbsolutePath().getParent());
        });
    }

    /**
     * Writes {@code contents} to {@code file}, making its folder where there is none. Readers find the old or the new
     * one, but a power failure may leave neither: for what can be found out again.
     */
    public static void writeUnsynced(Path file, byte[] contents) throws IOException {
        Path temporary = besides(file);
        Interrupts.shielded(() -> {
            try {
                try {
                    Files.write(temporary, contents);
                } catch (NoSuchFileException _) {
                    Files.createDirectories(file.toAbsolutePath().getParent());
                    Files.write(temporary, contents);
                }
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Files.deleteIfExists(temporary);
                throw e;
            }
        });
    }

    /**
     * Makes {@code link} a symlink whose text is {@code target}, by way of {@code LINK.new}; one caller at a time for
     * each link, held apart by a lock of theirs.
     */
    public static void replaceSymlink(Path link, String target) throws IOException {
        Interrupts.check();
        Path next = link.resolveSibling(link.getFileName() + ".new");
        Interrupts.shielded(() -> {
            // A process that was killed may have left its own behind.
            Files.deleteIfExists(next);
            try {
                Symlinks.create(next, target);
                Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Files.deleteIfExists(next);
                throw e;
            }
            syncDirectory(link.toAbsolutePath().getParent());
        });
    }

    /** Makes the names in {@code directory} survive a power failure. */
    public static void syncDirectory(Path directory) throws IOException {
        Interrupts.shielded(() -> {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        });
    }

    /** A name in the folder of {@code file} that nothing else uses: {@code FILE.tmp-PID-RANDOM}. */
    public static Path besides(Path file) {
        return file.resolveSibling(file.getFileName() + ".tmp-" + ProcessHandle.current().pid() + "-"
                + Long.toHexString(ThreadLocalRandom.current().nextLong()));
    }

    private static Set<PosixFilePermission> withOwnerWrite(Set<PosixFilePermission> permissions) {
        Set<PosixFilePermission> writable = new HashSet<>(permissions);
        writable.add(PosixFilePermission.OWNER_WRITE);
        return writable;
    }
}
