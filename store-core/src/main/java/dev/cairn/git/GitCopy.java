// SPDX-License-Identifier: Apache-2.0
package dev.cairn.git;

import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.TrackingRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;

/** The copy of one repository, while it is held for oneself to be fetched into. */
final class GitCopy implements AutoCloseable {
    /** Branches, as they were when they were last fetched. */
    static final String ORIGIN = "refs/remotes/origin/";

    /** Commits that are there with all that was asked for. */
    private static final String COMPLETE = "refs/cairn/";

    private static final Pattern ADDRESS =
            Pattern.compile("https?://[^\\s\\p{Cntrl}]+|file:/+[^\\p{Cntrl}]+|/[^\\p{Cntrl}]+");
    private static final int SILENCE_SECONDS = 60;

    /** Objects that lie less than two folders deep in a commit. */
    private static final String TOP_FOLDERS = "tree:2";

    private final Path folder;
    private final String url;
    private final Repository repository;
    private final FetchMonitor monitor;
    private final GitCache.Limits limits;

    /** How a commit is asked for. */
    enum Extent {
        /** Its files, without the commits before it. */
        ALONE,
        /** All commits before it, each with the names of its top folders and the files that lie there. */
        HISTORY
    }

    private GitCopy(
            Path folder, String url, Repository repository, FetchMonitor monitor, GitCache.Limits limits) {
        this.folder = folder;
        this.url = url;
        this.repository = repository;
        this.monitor = monitor;
        this.limits = limits;
    }

    /** Opens the copy in a folder, which is made where it is not there; whoever calls it holds its lock. */
    static GitCopy open(Path folder, String url, GitCache.Limits limits, GitCache.Progress progress)
            throws IOException {
        Repository repository = repository(folder);
        try {
            if (!Files.isDirectory(folder.resolve("objects"))) {
                repository.create(true);
            }
            deleteUnfinished(folder);
            return new GitCopy(folder, url, repository, new FetchMonitor(folder, limits, progress), limits);
        } catch (IOException | RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    static Repository repository(Path folder) throws IOException {
        IsolatedConfiguration.establish();
        Repository repository = new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        // After a fetch the library would tidy up beside whoever has the lock, and stumble over what was left out.
        Config settings = repository.getConfig();
        settings.setInt(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTO, 0);
        settings.setBoolean(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTODETACH, false);
        return repository;
    }

    /** What a commit is called in a copy once it is there with all that was asked for. */
    static String reference(String commit) {
        return COMPLETE + commit;
    }

    /** @throws GitException when nothing is fetched from there, or that is no commit */
    static void check(String url, String commit) throws GitException {
        if (!ADDRESS.matcher(url).matches() || !Commits.isFull(commit)) {
            throw new GitException.UnusableAddress(url);
        }
    }

    /** Fetches a commit, and marks it as complete. */
    void fetch(String commit, Extent extent) throws GitException, IOException {
        talk(() -> {
            if (!getOne(commit, extent)) {
                getAll(extent);
            }
            return commit;
        });
        ObjectId id = ObjectId.fromString(commit);
        if (!repository.getObjectDatabase().has(id)) {
            throw new GitException.NoSuchCommit(url, commit);
        }
        if (extent == Extent.HISTORY && !isWhole(id)) {
            throw new GitException.Incomplete(url, commit);
        }
        RefUpdate update = repository.updateRef(reference(commit));
        update.setNewObjectId(id);
        update.setForceUpdate(true);
        checkWritten(reference(commit), update.update());
    }

    /** @throws IOException when a reference does not lead to where it should now */
    private void checkWritten(String reference, RefUpdate.Result result) throws IOException {
        switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> { }
            case NOT_ATTEMPTED, LOCK_FAILURE, REJECTED, REJECTED_CURRENT_BRANCH, REJECTED_MISSING_OBJECT,
                    REJECTED_OTHER_REASON, IO_FAILURE, RENAMED ->
                throw new IOException("'" + reference + "' could not be written in '" + folder + "': " + result);
        }
    }

    /** Whether all commits before one are there: the library takes a server's word for that. */
    private boolean isWhole(ObjectId commit) throws GitException, IOException {
        try (ObjectReader reader = repository.newObjectReader();
                RevWalk walk = new BoundedWalk(reader, limits.commits())) {
            walk.markStart(walk.parseCommit(commit));
            for (Ref known : repository.getRefDatabase().getRefsByPrefix(COMPLETE)) {
                walk.markUninteresting(walk.parseCommit(known.getObjectId()));
            }
            while (walk.next() != null) {
                Interrupts.check();
            }
            return repository.getObjectDatabase().getShallowCommits().isEmpty();
        } catch (BoundedWalk.Exceeded e) {
            throw new GitException.TooLarge(url, e.getMessage());
        } catch (MissingObjectException _) {
            return false;
        }
    }

    /**
     * Fetches what a branch leads to now, into a copy of a history.
     *
     * @return its commit; empty where there is no such branch
     */
    Optional<String> fetchBranch(String branch) throws GitException, IOException {
        if (!Repository.isValidRefName("refs/heads/" + branch)) {
            return Optional.empty();
        }
        return talk(() -> {
            try (Transport transport = transport()) {
                Ref there;
                try (var connection = transport.openFetch()) {
                    there = connection.getRef("refs/heads/" + branch);
                }
                if (there == null || there.getObjectId() == null) {
                    return Optional.<String>empty();
                }
            }
            try (Transport transport = transport()) {
                FetchResult result = transport.fetch(
                        monitor, List.of(new RefSpec("+refs/heads/" + branch + ":" + ORIGIN + branch)));
                for (TrackingRefUpdate update : result.getTrackingRefUpdates()) {
                    checkWritten(update.getLocalName(), update.getResult());
                }
            } finally {
                // The library notes it when a server says, unasked, that a commit has none before it. It has.
                repository.getObjectDatabase().setShallowCommits(Set.of());
            }
            return Optional.ofNullable(repository.exactRef(ORIGIN + branch)).map(ref -> ref.getObjectId().name());
        });
    }

    private <T> T talk(Talk<T> talk) throws GitException, IOException {
        try {
            return talk.run(monitor);
        } catch (URISyntaxException | NoRemoteRepositoryException | NotSupportedException e) {
            throw new GitException.Unreachable(url, "there is no repository", e);
        } catch (TransportException | RuntimeException e) {
            monitor.check(url);
            throw new GitException.Unreachable(url, reason(e), e);
        } catch (OutOfMemoryError _) {
            // The library makes room for as many objects as are announced before anybody is told of the number.
            throw new GitException.TooLarge(url, "what it sends does not fit into memory");
        }
    }

    private Transport transport() throws URISyntaxException, NotSupportedException, TransportException {
        Transport transport = Transport.open(repository, new URIish(url));
        transport.setTimeout(SILENCE_SECONDS);
        transport.setTagOpt(TagOpt.NO_TAGS);
        // Deltas against what is here would be against what was left out, too.
        transport.setFetchThin(false);
        return transport;
    }

    private void getAll(Extent extent) throws URISyntaxException, TransportException, NotSupportedException {
        try (Transport transport = transport()) {
            if (extent == Extent.ALONE) {
                // Commits that were fetched alone before get those before them.
                transport.setDepth(Constants.INFINITE_DEPTH);
            }
            transport.fetch(monitor, List.of(new RefSpec("+refs/heads/*:" + ORIGIN + "*")));
        }
    }

    /** @return false where the server does not give single commits */
    private boolean getOne(String commit, Extent extent)
            throws URISyntaxException, TransportException, NotSupportedException {
        try (Transport transport = transport()) {
            if (extent == Extent.ALONE) {
                transport.setDepth(1);
            } else {
                transport.setFilterSpec(FilterSpec.fromFilterLine(TOP_FOLDERS));
            }
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
                || text.contains("filter")
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

    /** Deletes what was left by somebody who was stopped: nobody else writes here meanwhile. */
    private static void deleteUnfinished(Path copy) throws IOException {
        Path objects = copy.resolve("objects");
        if (Files.isDirectory(objects)) {
            for (Path file : FileTrees.entries(objects)) {
                if (file.getFileName().toString().startsWith("incoming_")) {
                    FileTrees.delete(file);
                }
            }
            deleteLocks(FileTrees.entries(copy));
            try (Stream<Path> references = Files.walk(copy.resolve("refs"))) {
                deleteLocks(references.toList());
            }
        }
    }

    /** While such a file of Git's is there, the one that it is named after cannot be written. */
    private static void deleteLocks(List<Path> files) throws IOException {
        for (Path file : files) {
            if (file.getFileName().toString().endsWith(".lock") && Files.isRegularFile(file)) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        repository.close();
        deleteUnfinished(folder);
    }
}
