// SPDX-License-Identifier: Apache-2.0
package dev.cairn.git;

import dev.cairn.encoding.Rfc4648;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.PosixLock;
import dev.cairn.hash.Hash;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;

/**
 * Copies of repositories, each in a folder that its address gives the name (services, section 4.6), without work
 * trees. Only what is asked for is fetched: a commit alone where the server gives it, else all branches. Commits are
 * known by their hash, so that a server cannot pass off others. Safe for use by several threads and processes.
 */
public final class GitCache {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\\p{Cntrl}]+|file:/+[^\\p{Cntrl}]+|/[^\\p{Cntrl}]+");
    private static final int SILENCE_SECONDS = 60;

    private final Path folder;
    private final Limits limits;

    /**
     * How much is taken from one server at a time.
     *
     * @param octets of all objects as they lie on the disk
     * @param objects how many
     */
    public record Limits(long octets, int objects) {
        /** More than Guix's whole history. */
        public static final Limits USUAL = new Limits(8L << 30, 10_000_000);
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
        if (!COMMIT.matcher(commit).matches() || !Files.isDirectory(copy.resolve("objects"))) {
            return Optional.empty();
        }
        return find(copy, commit);
    }

    /** The files of a commit that was fetched before, from whatever address: its name says what is in it. */
    public Optional<GitTree> find(String commit) throws GitException {
        if (!COMMIT.matcher(commit).matches() || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try {
            for (Path copy : FileTrees.entries(folder)) {
                if (Files.exists(copy.resolve(reference(commit)))) {
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
            Repository repository = open(copy);
            if (repository.exactRef(reference(commit)) == null) {
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
        if (!ADDRESS.matcher(url).matches() || !COMMIT.matcher(commit).matches()) {
            throw new GitException.UnusableAddress(url);
        }
        Files.createDirectories(folder);
        Path copy = folder.resolve(key(url));
        try (PosixLock _ = PosixLock.acquire(folder.resolve(key(url) + ".lock"), PosixLock.Mode.EXCLUSIVE)) {
            Optional<GitTree> known = find(url, commit);
            if (known.isPresent()) {
                return known.get();
            }
            try (Repository repository = open(copy)) {
                if (!Files.isDirectory(copy.resolve("objects"))) {
                    repository.create(true);
                }
                deleteUnfinished(copy);
                try {
                    get(repository, copy, url, commit, progress);
                } finally {
                    deleteUnfinished(copy);
                }
            }
        }
        return find(url, commit).orElseThrow(() -> new GitException.NoSuchCommit(url, commit));
    }

    private static Repository open(Path copy) throws IOException {
        IsolatedConfiguration.establish();
        return new FileRepositoryBuilder().setGitDir(copy.toFile()).setBare().build();
    }

    private static String reference(String commit) {
        return "refs/cairn/" + commit;
    }

    private static void deleteUnfinished(Path copy) throws IOException {
        Path objects = copy.resolve("objects");
        if (Files.isDirectory(objects)) {
            for (Path file : FileTrees.entries(objects)) {
                if (file.getFileName().toString().startsWith("incoming_")) {
                    FileTrees.delete(file);
                }
            }
        }
    }

    private void get(Repository repository, Path copy, String url, String commit, Progress progress)
            throws GitException, IOException {
        FetchMonitor monitor = new FetchMonitor(copy, limits, progress);
        try {
            if (!getAlone(repository, url, monitor, commit)) {
                try (Transport transport = open(repository, url)) {
                    transport.setDepth(Constants.INFINITE_DEPTH);
                    transport.fetch(monitor, List.of(new RefSpec("+refs/heads/*:refs/remotes/origin/*")));
                }
            }
            ObjectId id = ObjectId.fromString(commit);
            if (!repository.getObjectDatabase().has(id)) {
                throw new GitException.NoSuchCommit(url, commit);
            }
            RefUpdate update = repository.updateRef(reference(commit));
            update.setNewObjectId(id);
            update.setForceUpdate(true);
            update.update();
        } catch (URISyntaxException | NoRemoteRepositoryException | NotSupportedException e) {
            throw new GitException.Unreachable(url, "there is no repository", e);
        } catch (TransportException | RuntimeException e) {
            monitor.check(url);
            throw new GitException.Unreachable(url, reason(e), e);
        }
    }

    private static Transport open(Repository repository, String url)
            throws URISyntaxException, NotSupportedException, TransportException {
        Transport transport = Transport.open(repository, new URIish(url));
        transport.setTimeout(SILENCE_SECONDS);
        transport.setTagOpt(TagOpt.NO_TAGS);
        return transport;
    }

    /** Fetches a commit without those before it. @return false where the server does not give single commits */
    private static boolean getAlone(Repository repository, String url, FetchMonitor monitor, String commit)
            throws URISyntaxException, TransportException, NotSupportedException {
        try (Transport transport = open(repository, url)) {
            transport.setDepth(1);
            transport.fetch(monitor, List.of(new RefSpec(commit)));
            return true;
        } catch (NoRemoteRepositoryException e) {
            throw e;
        } catch (TransportException e) {
            if (monitor.isCancelled() || !refuses(e)) {
                throw e;
            }
            return false;
        }
    }

    /** Whether the other side said that it does not give this: many do not give what no branch leads to. */
    private static boolean refuses(TransportException failure) {
        List<String> messages = new ArrayList<>();
        for (Throwable cause = failure; cause != null && messages.size() < 10; cause = cause.getCause()) {
            messages.add(String.valueOf(cause.getMessage()));
        }
        return messages.stream().anyMatch(text -> text.contains("not our ref")
                // On this machine the other side is a thread that just ends.
                || text.contains("Short read")
                || text.contains("end dead")
                || text.contains("Pipe ")
                || text.contains("not valid")
                || text.contains("not available")
                || text.contains("not permitted")
                || text.contains("shallow")
                || text.contains("unadvertised"));
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String text = String.valueOf(failure.getMessage());
        String detail = String.valueOf(cause.getMessage());
        return text.contains(detail) ? text : text + " (" + detail + ")";
    }
}
