// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.channel.guix.definition.Introduction;
import dev.cairn.fs.AtomicFiles;
import dev.cairn.fs.PosixLock;
import dev.cairn.git.Commits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which commits of a channel were found to be authentic, the one that was used last at the end: a file that only its
 * owner can read or write, or it does not count. Its first line says by which introduction.
 */
final class AuthenticatedCommits {
    private static final int MOST = 200;
    private static final int MAX_LENGTH = 1 << 16;
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final String head;

    /** @param folder of all channels' files */
    AuthenticatedCommits(Path folder, String channel, String url, Introduction introduction) {
        this.file = folder.resolve(channel);
        this.head = introduction.commit() + " " + introduction.signer().hex() + " " + url;
    }

    /** Oldest first; none where the file is missing, damaged, open to others, or of another introduction. */
    List<String> read() throws IOException {
        try {
            if (!Files.getPosixFilePermissions(file).equals(PRIVATE) || Files.size(file) > MAX_LENGTH) {
                return List.of();
            }
            List<String> lines = new String(Files.readAllBytes(file), UTF_8).lines().toList();
            List<String> commits = lines.stream().skip(1).toList();
            return !lines.isEmpty()
                            && lines.getFirst().equals(head)
                            && commits.stream().allMatch(Commits::isFull)
                    ? commits
                    : List.of();
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    /** The one that was used last. */
    Optional<String> current() throws IOException {
        List<String> commits = read();
        return commits.isEmpty() ? Optional.empty() : Optional.of(commits.getLast());
    }

    /** Remembers a commit as the one that was used last; long ago others are forgotten. */
    void add(String commit) throws IOException {
        Files.createDirectories(file.getParent());
        try (PosixLock _ = PosixLock.acquire(
                file.resolveSibling("." + file.getFileName() + ".lock"), PosixLock.Mode.EXCLUSIVE)) {
            List<String> commits = new ArrayList<>(read());
            commits.remove(commit);
            commits.add(commit);
            List<String> lines = new ArrayList<>(commits.subList(Math.max(0, commits.size() - MOST), commits.size()));
            lines.addFirst(head);
            AtomicFiles.write(file, (String.join("\n", lines) + "\n").getBytes(UTF_8), PRIVATE);
        }
    }
}
