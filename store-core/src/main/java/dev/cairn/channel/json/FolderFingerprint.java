// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import java.util.TreeMap;

/**
 * A short text that changes when files change, from their names, sizes and times of modification, without reading
 * them. As for make and git, a change that keeps size and time is not seen.
 */
final class FolderFingerprint {
    private FolderFingerprint() {}

    /** The state of {@code folder}; what git keeps in {@code .git} does not count. */
    static String of(Path folder) throws IOException {
        TreeMap<String, BasicFileAttributes> files = new TreeMap<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.put(folder.relativize(file).toString(), attributes);
                return FileVisitResult.CONTINUE;
            }
        });
        MessageDigest digest = HashAlgorithm.SHA256.newDigest();
        files.forEach((name, attributes) -> {
            digest.update((name + "\0").getBytes(StandardCharsets.UTF_8));
            digest.update(ByteBuffer.allocate(24)
                    .putLong(attributes.size())
                    .putLong(attributes.lastModifiedTime().toInstant().getEpochSecond())
                    .putLong(attributes.lastModifiedTime().toInstant().getNano())
                    .flip());
        });
        return Hash.from(HashAlgorithm.SHA256, digest).base32();
    }
}
