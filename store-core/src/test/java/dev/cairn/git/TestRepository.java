// SPDX-License-Identifier: Apache-2.0
package dev.cairn.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A bare repository on this machine, made commit by commit. */
public final class TestRepository implements AutoCloseable {
    private final Path folder;
    private final Repository repository;
    private int seconds;

    /** @param folder not there yet */
    public TestRepository(Path folder) throws IOException {
        this(folder, true);
    }

    /** @param anew whether it is not there yet */
    public TestRepository(Path folder, boolean anew) throws IOException {
        IsolatedConfiguration.establish();
        this.folder = folder;
        repository = new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        if (anew) {
            repository.create(true);
        }
    }

    public String url() {
        return "file://" + folder;
    }

    /** The next commit is of so many seconds after the epoch, each further one of a second more. */
    public void clock(int time) {
        seconds = time;
    }

    /** Sets one of the repository's own options. */
    public void configure(String section, String name, String value) throws IOException {
        repository.getConfig().setString(section, null, name, value);
        repository.getConfig().save();
    }

    /** Adds a commit with exactly these files to a branch; a text that begins with an arrow is a link. */
    public String commit(String branch, Map<String, String> files) throws IOException {
        ObjectId before = repository.resolve("refs/heads/" + branch);
        return commit(branch, files, before == null ? List.of() : List.of(before.name()), Optional.empty());
    }

    /** The same after given commits, signed by a function that makes a signature in armour of octets. */
    public String commit(
            String branch, Map<String, String> files, List<String> parents, Optional<UnaryOperator<byte[]>> signer)
            throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree(files, inserter));
            commit.setParentIds(parents.stream().map(ObjectId::fromString).toList());
            PersonIdent person = new PersonIdent(
                    "Somebody", "somebody@example.org", Instant.EPOCH.plusSeconds(seconds++), ZoneOffset.UTC);
            commit.setAuthor(person);
            commit.setCommitter(person);
            commit.setMessage("Change something\n");
            if (signer.isPresent()) {
                commit.setGpgSignature(new GpgSignature(signer.get().apply(commit.build())));
            }
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = repository.updateRef("refs/heads/" + branch);
            update.setNewObjectId(id);
            update.setForceUpdate(true);
            update.update();
            return id.name();
        }
    }

    /** Many commits without files, one after the other, marked as a copy of a history has them. @return the last one */
    public String chain(int length) throws IOException {
        ObjectId last = ObjectId.zeroId();
        try (PackInserter inserter = ((ObjectDirectory) repository.getObjectDatabase()).newPackInserter()) {
            ObjectId tree = inserter.insert(Constants.OBJ_TREE, new byte[0]);
            PersonIdent person = new PersonIdent("S", "s@example.org", Instant.EPOCH, ZoneOffset.UTC);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree);
            commit.setAuthor(person);
            commit.setCommitter(person);
            commit.setMessage("");
            for (int i = 0; i < length; i++) {
                last = inserter.insert(commit);
                commit.setParentId(last);
            }
            inserter.flush();
        }
        RefUpdate update = repository.updateRef(GitCopy.reference(last.name()));
        update.setNewObjectId(last);
        update.update();
        return last.name();
    }

    private static ObjectId tree(Map<String, String> files, ObjectInserter inserter) throws IOException {
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        for (Map.Entry<String, String> file : files.entrySet()) {
            boolean link = file.getValue().startsWith("->");
            DirCacheEntry entry = new DirCacheEntry(file.getKey());
            entry.setFileMode(link ? FileMode.SYMLINK : FileMode.REGULAR_FILE);
            entry.setObjectId(inserter.insert(
                    Constants.OBJ_BLOB,
                    file.getValue().substring(link ? 2 : 0).getBytes(StandardCharsets.UTF_8)));
            builder.add(entry);
        }
        builder.finish();
        return index.writeTree(inserter);
    }

    @Override
    public void close() {
        repository.close();
    }
}
