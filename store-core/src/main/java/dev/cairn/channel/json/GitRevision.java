// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds out which commit a git checkout is at, from git's files alone. */
final class GitRevision {
    private static final int MAX_FILE = 16 << 20;
    private static final String COMMIT = "[0-9a-f]{40}([0-9a-f]{24})?";

    private GitRevision() {}

    /** The commit of the checkout at {@code folder}; empty when it is none, or when git keeps it in another way. */
    static Optional<String> of(Path folder) {
        try {
            Path git = folder.resolve(".git");
            if (Files.isRegularFile(git)) {
                // A worktree: the file names the real folder.
                Optional<String> target = firstLine(git).filter(line -> line.startsWith("gitdir: "));
                if (target.isEmpty()) {
                    return Optional.empty();
                }
                git = folder.resolve(target.get().substring("gitdir: ".length()).strip());
            }
            Optional<String> head = firstLine(git.resolve("HEAD"));
            if (head.isPresent() && head.get().startsWith("ref: ")) {
                return reference(git, head.get().substring("ref: ".length()).strip());
            }
            return head.filter(line -> line.matches(COMMIT));
        } catch (IOException | InvalidPathException _) {
            // The revision is information only; the contents are what counts.
            return Optional.empty();
        }
    }

    private static Optional<String> reference(Path git, String name) throws IOException {
        if (!name.matches("refs/[A-Za-z0-9._/+@-]+") || List.of(name.split("/")).contains("..")) {
            return Optional.empty();
        }
        Path common = firstLine(git.resolve("commondir")).map(git::resolve).orElse(git);
        for (Path place : List.of(git, common)) {
            Optional<String> loose = firstLine(place.resolve(name)).filter(line -> line.matches(COMMIT));
            if (loose.isPresent()) {
                return loose;
            }
        }
        Path packed = common.resolve("packed-refs");
        if (!Files.isRegularFile(packed) || Files.size(packed) > MAX_FILE) {
            return Optional.empty();
        }
        try (var lines = Files.lines(packed)) {
            return lines.filter(line -> line.endsWith(" " + name))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .filter(commit -> commit.matches(COMMIT))
                    .findFirst();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Optional<String> firstLine(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_FILE) {
            return Optional.empty();
        }
        return Files.readString(file).lines().findFirst().map(String::strip);
    }
}
