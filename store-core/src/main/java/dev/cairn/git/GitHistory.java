// SPDX-License-Identifier: Apache-2.0
package dev.cairn.git;

import dev.cairn.error.FormatException;
import dev.cairn.fs.Interrupts;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** All commits before some commit, and the files at their top. For one thread. */
public final class GitHistory implements AutoCloseable {
    private static final int MAX_COMMIT = 1 << 20;

    private final Path folder;
    private final Repository repository;
    private final ObjectReader reader;
    private final GitCache.Limits limits;

    private GitHistory(Path folder, Repository repository, GitCache.Limits limits) {
        this.folder = folder;
        this.repository = repository;
        this.reader = repository.newObjectReader();
        this.limits = limits;
    }

    static GitHistory open(Path copy, GitCache.Limits limits) throws IOException {
        return new GitHistory(copy, GitCopy.repository(copy), limits);
    }

    /** Whether this was marked as complete. */
    boolean reaches(String commit) throws GitException {
        return ask(() -> repository.exactRef(GitCopy.reference(commit)) != null);
    }

    private boolean has(String commit) throws GitException {
        return ask(() -> repository.getObjectDatabase().has(ObjectId.fromString(commit)));
    }

    /** Whether one commit can be reached from another, or is it. False where the first one is not known. */
    public boolean isAncestor(String ancestor, String commit) throws GitException {
        return has(ancestor) && ask(() -> {
            try (RevWalk walk = walk()) {
                return walk.isMergedInto(
                        walk.parseCommit(ObjectId.fromString(ancestor)), walk.parseCommit(ObjectId.fromString(commit)));
            }
        });
    }

    /**
     * The commits that can be reached from one, and from none of others; each before those that it follows.
     *
     * @param others those that are not known do not count
     * @throws InterruptedIOException when the thread is interrupted
     */
    public List<String> since(Collection<String> others, String commit) throws GitException, InterruptedIOException {
        List<String> all = new ArrayList<>();
        try (RevWalk walk = walk()) {
            walk.sort(RevSort.TOPO);
            walk.markStart(walk.parseCommit(ObjectId.fromString(commit)));
            for (String other : others) {
                if (has(other)) {
                    walk.markUninteresting(walk.parseCommit(ObjectId.fromString(other)));
                }
            }
            for (RevCommit each : walk) {
                all.add(each.name());
                Interrupts.check();
            }
            return all;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (BoundedWalk.Exceeded e) {
            throw new GitException.TooLarge(folder.toString(), e.getMessage());
        } catch (IOException | RuntimeException e) {
            throw new GitException.Damaged(folder, e);
        }
    }

    private RevWalk walk() {
        return new BoundedWalk(reader, limits.commits());
    }

    /** A commit. @throws FormatException when it is longer than a megabyte, or has several signatures */
    public SignedCommit commit(String id) throws GitException, FormatException {
        return read(() -> {
            ObjectId object = ObjectId.fromString(id);
            ObjectLoader loader = reader.open(object, Constants.OBJ_COMMIT);
            if (loader.getSize() > MAX_COMMIT) {
                throw new FormatException("commit " + id, "longer than " + MAX_COMMIT + " octets");
            }
            byte[] octets = loader.getCachedBytes();
            List<String> parents =
                    Arrays.stream(RevCommit.parse(octets).getParents()).map(RevCommit::name).toList();
            return SignedCommit.of(id, parents, octets);
        });
    }

    /**
     * A file at the top of a commit.
     *
     * @throws GitException.Withheld when it was left out of what was fetched
     * @throws FormatException when it has more than {@code most} octets
     */
    public Optional<byte[]> file(String commit, String name, int most) throws GitException, FormatException {
        ObjectId tree = tree(commit);
        return contents(() -> GitTree.file(reader, tree, name, most));
    }

    /** What tells the contents of a file at the top of a commit from others; empty where there is no such file. */
    public Optional<String> fileId(String commit, String name) throws GitException {
        ObjectId tree = tree(commit);
        return contents(() -> {
            try (TreeWalk walk = TreeWalk.forPath(reader, name, tree)) {
                return walk == null ? Optional.<String>empty() : Optional.of(walk.getObjectId(0).name());
            }
        });
    }

    /** The names of the files at the top of a commit. */
    public List<String> names(String commit) throws GitException {
        ObjectId tree = tree(commit);
        return contents(() -> {
            List<String> names = new ArrayList<>();
            try (TreeWalk walk = new TreeWalk(reader)) {
                walk.addTree(tree);
                while (walk.next()) {
                    names.add(walk.getPathString());
                }
            }
            return names;
        });
    }

    private ObjectId tree(String commit) throws GitException {
        return ask(() -> {
            try (RevWalk walk = walk()) {
                return walk.parseCommit(ObjectId.fromString(commit)).getTree().copy();
            }
        });
    }

    /** Something that is read from the copy. */
    @FunctionalInterface
    private interface Reading<T, E extends Exception> {
        T run() throws IOException, E;
    }

    private <T> T ask(Reading<T, RuntimeException> reading) throws GitException {
        return read(reading);
    }

    private <T, E extends Exception> T read(Reading<T, E> reading) throws GitException, E {
        try {
            return reading.run();
        } catch (BoundedWalk.Exceeded e) {
            throw new GitException.TooLarge(folder.toString(), e.getMessage());
        } catch (IOException | RuntimeException e) {
            throw new GitException.Damaged(folder, e);
        }
    }

    /** What lies in a commit that is there. */
    private <T, E extends Exception> T contents(Reading<T, E> reading) throws GitException, E {
        try {
            return reading.run();
        } catch (MissingObjectException e) {
            throw new GitException.Withheld(folder, e);
        } catch (IOException | RuntimeException e) {
            throw new GitException.Damaged(folder, e);
        }
    }

    @Override
    public void close() {
        reader.close();
        repository.close();
    }
}
