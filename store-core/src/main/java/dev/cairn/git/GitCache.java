// SPDX-License-Identifier: Apache-2.0
package dev.cairn.git;

import dev.cairn.encoding.Rfc4648;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.PosixLock;
import dev.cairn.hash.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;

/**
 * Copies of repositories, each in a folder that its address gives the name (services, section 4.6), without work
 * trees. Only what is asked for is fetched: a commit alone where the server gives it, else all branches. Commits are
 * known by their hash, so that a server cannot pass off others. Safe for use by several threads and processes.
 */
public final class GitCache {
    private final Path folder;
    private final Limits limits;

    /**
     * How much is taken from one server at a time.
     *
     * @param octets of all objects as they lie on the disk
     * @param objects how many; the library remembers all that it fetches at a time
     * @param commits how many a walk through a history may come across; the library remembers these, too
     */
    public record Limits(long octets, int objects, int commits) {
        /** Octets of memory for an object that is fetched, with some to spare. */
        private static final long MEMORY_OF_OBJECT = 256;

        /** Octets of memory for a commit of a walk, which takes some three hundred; the rest is for others. */
        private static final long MEMORY_OF_COMMIT = 512;

        /** More than Guix's whole history, where there is memory for that. */
        public static final Limits USUAL = of(Runtime.getRuntime().maxMemory());

        /** What can be held in so many octets of memory. */
        static Limits of(long memory) {
            return new Limits(
                    8L << 30,
                    Math.clamp(memory / MEMORY_OF_OBJECT, 1, 10_000_000),
                    Math.clamp(memory / MEMORY_OF_COMMIT, 1, 5_000_000));
        }
    }

    /** Hears how far it is. */
    @FunctionalInterface
    public interface Progress {
        Progress NONE = (_, _, _) -> {};

        /**
         * Something was done.
         *
         * @param step in the library's words
         * @param total 0 where it is not known
         */
        void progressed(String step, int done, int total);
    }

    /** @param folder where the copies are; made when it is needed */
    public GitCache(Path folder, Limits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    public GitCache(Path folder) {
        this(folder, Limits.USUAL);
    }

    /** The name of the folder for an address: SHA-256 in base 32 of RFC 4648, lower case, not padded. */
    public static String key(String url) {
        return Rfc4648.base32(Hash.sha256(url.getBytes(StandardCharsets.UTF_8)).octets());
    }

    /** The files of a commit that was fetched before; nothing is asked of any server. */
    public Optional<GitTree> find(String url, String commit) throws GitException {
        Path copy = folder.resolve(key(url));
        if (!Commits.isFull(commit) || !Files.isDirectory(copy.resolve("objects"))) {
            return Optional.empty();
        }
        return find(copy, commit);
    }

    /** The files of a commit that was fetched before, from whatever address: its name says what is in it. */
    public Optional<GitTree> find(String commit) throws GitException {
        if (!Commits.isFull(commit) || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try {
            for (Path copy : FileTrees.entries(folder)) {
                if (Files.exists(copy.resolve(GitCopy.reference(commit)))) {
                    return find(copy, commit);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new GitException.Damaged(folder, e);
        }
    }

    private static Optional<GitTree> find(Path copy, String commit) throws GitException {
        try {
            Repository repository = GitCopy.repository(copy);
            if (repository.exactRef(GitCopy.reference(commit)) == null) {
                // Without its name it may be there only in part.
                repository.close();
                return Optional.empty();
            }
            return Optional.of(GitTree.open(copy, repository, commit));
        } catch (IOException | RuntimeException e) {
            throw new GitException.Damaged(copy, e);
        }
    }

    /**
     * The files of a commit, fetched if they are not here yet. Interruption ends it.
     *
     * @param commit 40 hexadecimal digits
     * @throws GitException when the commit cannot be had; nothing of it is left then
     * @throws IOException when the cache cannot be written, or the thread was interrupted
     */
    public GitTree fetch(String url, String commit, Progress progress) throws GitException, IOException {
        GitCopy.check(url, commit);
        Files.createDirectories(folder);
        try (PosixLock _ = PosixLock.acquire(folder.resolve(key(url) + ".lock"), PosixLock.Mode.EXCLUSIVE)) {
            Optional<GitTree> known = find(url, commit);
            if (known.isPresent()) {
                return known.get();
            }
            try (GitCopy copy = GitCopy.open(folder.resolve(key(url)), url, limits, progress)) {
                copy.fetch(commit, GitCopy.Extent.ALONE);
            }
        }
        return find(url, commit).orElseThrow(() -> new GitException.NoSuchCommit(url, commit));
    }
}
