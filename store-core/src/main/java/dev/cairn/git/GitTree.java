// SPDX-License-Identifier: Apache-2.0
package dev.cairn.git;

import dev.cairn.error.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The files of one commit, read from the repository as they are asked for. Safe for use by several threads. */
public final class GitTree implements AutoCloseable {
    private final Path folder;
    private final Repository repository;
    private final String commit;
    private final ObjectId tree;

    private GitTree(Path folder, Repository repository, String commit, ObjectId tree) {
        this.folder = folder;
        this.repository = repository;
        this.commit = commit;
        this.tree = tree;
    }

    /** Takes ownership of the repository, which should have the commit; closes it where this fails. */
    static GitTree open(Path folder, Repository repository, String commit) throws GitException {
        try (RevWalk walk = new RevWalk(repository)) {
            ObjectId id = ObjectId.fromString(commit);
            return new GitTree(folder, repository, commit, walk.parseCommit(id).getTree().copy());
        } catch (IOException | RuntimeException e) {
            repository.close();
            throw new GitException.Damaged(folder, e);
        }
    }

    /** Its name, 40 hexadecimal digits. */
    public String commit() {
        return commit;
    }

    /**
     * The contents of a file.
     *
     * @param name relative to the commit's top folder, with slashes
     * @return empty where there is no regular file of that name
     * @throws GitException.Withheld when it was left out of what was fetched
     * @throws FormatException when it has more than {@code most} octets
     */
    public Optional<byte[]> file(String name, int most) throws GitException, FormatException {
        try (ObjectReader reader = repository.newObjectReader()) {
            return file(reader, tree, name, most);
        } catch (MissingObjectException e) {
            throw new GitException.Withheld(folder, e);
        } catch (IOException | IllegalArgumentException e) {
            throw new GitException.Damaged(folder, e);
        }
    }

    /** The contents of a regular file of a tree. */
    static Optional<byte[]> file(ObjectReader reader, ObjectId tree, String name, int most)
            throws IOException, FormatException {
        try (TreeWalk walk = TreeWalk.forPath(reader, name, tree)) {
            if (walk == null
                    || !walk.getFileMode(0).equals(FileMode.REGULAR_FILE)
                            && !walk.getFileMode(0).equals(FileMode.EXECUTABLE_FILE)) {
                return Optional.empty();
            }
            ObjectLoader loader = reader.open(walk.getObjectId(0));
            if (loader.getSize() > most) {
                throw tooLong(name, most);
            }
            return Optional.of(loader.getBytes(most));
        } catch (LargeObjectException _) {
            throw tooLong(name, most);
        }
    }

    private static FormatException tooLong(String name, int most) {
        return new FormatException("file '" + name + "'", "longer than " + most + " octets");
    }

    @Override
    public void close() {
        repository.close();
    }
}
