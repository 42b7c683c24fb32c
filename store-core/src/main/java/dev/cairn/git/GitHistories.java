// SPDX-License-Identifier: Apache-2.0
package dev.cairn.git;

import dev.cairn.fs.FileTrees;
import dev.cairn.fs.PosixLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Copies of the histories of repositories, without most of their files: each in a folder that its address gives the
 * name, beside those of {@link GitCache}, which have files without history. Safe for use by several threads and
 * processes.
 */
public final class GitHistories {
    private final Path folder;
    private final GitCache.Limits limits;

    /** @param folder where the copies are; made when it is needed */
    public GitHistories(Path folder, GitCache.Limits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /**
     * What came of a fetch.
     *
     * @param branch the one that was needed, too
     * @param top the commit that it leads to; empty where there is no such branch
     */
    public record Fetched(GitHistory history, String branch, Optional<String> top) implements AutoCloseable {
        @Override
        public void close() {
            history.close();
        }
    }

    /** The history of a commit that was fetched before, with all before it; nothing is asked of any server. */
    public Optional<GitHistory> find(String url, String commit) throws GitException, IOException {
        Path copy = folder.resolve(GitCache.key(url));
        if (!Commits.isFull(commit) || !Files.isDirectory(copy.resolve("objects"))) {
            return Optional.empty();
        }
        GitHistory history = GitHistory.open(copy, limits);
        try {
            if (history.reaches(commit)) {
                return Optional.of(history);
            }
        } catch (GitException e) {
            history.close();
            throw e;
        }
        history.close();
        return Optional.empty();
    }

    /** Says which branch is needed, too, once the commit is there. */
    @FunctionalInterface
    public interface Branch<E extends Exception> {
        String of(GitHistory history) throws E, GitException;
    }

    /**
     * Fetches a commit with all before it, unless they are here, and what a branch leads to now. Interruption ends it.
     *
     * @param commit 40 hexadecimal digits
     * @throws GitException when the commit cannot be had
     * @throws IOException when the cache cannot be written, or the thread was interrupted
     */
    public <E extends Exception> Fetched fetch(
            String url, String commit, Branch<E> branch, GitCache.Progress progress)
            throws GitException, IOException, E {
        GitCopy.check(url, commit);
        Files.createDirectories(folder);
        String key = GitCache.key(url);
        Path place = folder.resolve(key);
        try (PosixLock _ = PosixLock.acquire(folder.resolve(key + ".lock"), PosixLock.Mode.EXCLUSIVE);
                GitCopy copy = GitCopy.open(place, url, limits, progress)) {
            String name;
            try (GitHistory before = GitHistory.open(place, limits)) {
                if (!before.reaches(commit)) {
                    copy.fetch(commit, GitCopy.Extent.HISTORY);
                }
            } catch (GitException.Incomplete e) {
                // What is there would be taken for a beginning of the rest, which is not fetched then.
                FileTrees.delete(place);
                throw e;
            }
            try (GitHistory after = GitHistory.open(place, limits)) {
                name = branch.of(after);
            }
            Optional<String> top = copy.fetchBranch(name);
            return new Fetched(GitHistory.open(place, limits), name, top);
        }
    }
}
