// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.TreeMap;

/**
 * A short text that changes when files change, from their names, sizes, times of modification and times of status
 * change, without reading them. The last of these nobody can set: files that were unpacked again with the times of an
 * archive count as changed.
 */
final class FolderFingerprint {
    private FolderFingerprint() {}

    /** The state of {@code folder}; what git keeps in {@code .git} does not count. */
    static String of(Path folder) throws IOException {
        TreeMap<String, State> files = new TreeMap<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
                files.put(
                        folder.relativize(file).toString(),
                        new State(attributes.size(), attributes.lastModifiedTime().toInstant(), changed.toInstant()));
                return FileVisitResult.CONTINUE;
            }
        });
        MessageDigest digest = HashAlgorithm.SHA256.newDigest();
        files.forEach((name, state) -> {
            digest.update((name + "\0").getBytes(StandardCharsets.UTF_8));
            digest.update(ByteBuffer.allocate(5 * Long.BYTES)
                    .putLong(state.size())
                    .putLong(state.modified().getEpochSecond())
                    .putLong(state.modified().getNano())
                    .putLong(state.changed().getEpochSecond())
                    .putLong(state.changed().getNano())
                    .flip());
        });
        return Hash.from(HashAlgorithm.SHA256, digest).base32();
    }

    private record State(long size, Instant modified, Instant changed) {}
}
