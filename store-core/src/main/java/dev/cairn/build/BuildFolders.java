// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.build.sandbox.BuildUser;
import dev.cairn.daemon.Client;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.OutsideFolder;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The temporary folders of one build: {@code DRV.chroot} in the store, so that outputs can be renamed to their final
 * names, and the build folder (daemon, sections 8.3 and 8.5). Closing deletes them. Builders that are part of Cairn
 * mostly need no more than the first, which matters because there may be a thousand of them in one installation.
 */
final class BuildFolders implements AutoCloseable {
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> CHROOT =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---"));

    /** No set-user, set-group and write-by-others bits. */
    private static final int HARMLESS = 01775;

    private final String name;
    private final Path outer;
    private final Path chroot;
    private final Path outputs;
    private final Path temporary;
    private final Optional<SpareFolders> spares;
    private Optional<Path> kept = Optional.empty();
    private boolean succeeded;

    private BuildFolders(
            String name, Path outer, Path chroot, Path outputs, Path temporary, Optional<SpareFolders> spares) {
        this.name = name;
        this.outer = outer;
        this.chroot = chroot;
        this.outputs = outputs;
        this.temporary = temporary;
        this.spares = spares;
    }

    /**
     * Makes the folders; what a killed process left under these names is deleted. The caller holds the locks.
     *
     * @param user who the builder runs as, if that is not this process's user
     */
    static BuildFolders make(StoreLayout layout, StorePath derivation, Optional<BuildUser> user) throws IOException {
        String name = NamedDerivation.nameOf(derivation);
        Path outer = outer(layout, derivation);
        Path chroot = outer.resolve("top");
        BuildFolders folders = new BuildFolders(
                name, outer, chroot, chroot.resolve("store"), temporary(outer, name), Optional.empty());
        try {
            Files.createDirectory(chroot, CHROOT);
            Files.createDirectory(folders.buildFolder(), PRIVATE);
            if (user.isPresent()) {
                chown(folders.buildFolder(), user.get().uid(), user.get().gid());
            }
            return folders;
        } catch (IOException e) {
            folders.close();
            throw e;
        }
    }

    /**
     * Makes the folders of a builder that is part of Cairn. Its build folder is in the store as well, where the
     * collector takes it away if this process is killed.
     *
     * @param temporary whether it is given a build folder
     * @param spares where the folder comes from, and goes if it is left empty
     */
    static BuildFolders makeBuiltin(
            StoreLayout layout, StorePath derivation, boolean temporary, SpareFolders spares) throws IOException {
        Path outer = name(layout, derivation);
        FileTrees.delete(outer);
        spares.take(outer, CHROOT);
        Path build = outer.resolve("build");
        BuildFolders folders = new BuildFolders(
                NamedDerivation.nameOf(derivation), outer, outer, outer, build, Optional.of(spares));
        if (temporary) {
            try {
                Files.createDirectory(build, PRIVATE);
                Files.createDirectory(folders.buildFolder(), PRIVATE);
            } catch (IOException e) {
                folders.close();
                throw e;
            }
        }
        return folders;
    }

    /** The outermost folder. */
    static Path name(StoreLayout layout, StorePath derivation) {
        return layout.physicalStore().resolve(derivation.baseName() + ".chroot");
    }

    private static Path outer(StoreLayout layout, StorePath derivation) throws IOException {
        Path outer = name(layout, derivation);
        try {
            return Files.createDirectory(outer, CHROOT);
        } catch (FileAlreadyExistsException _) {
            OutsideFolder.delete(outer);
            FileTrees.delete(outer);
            return Files.createDirectory(outer, CHROOT);
        }
    }

    private static Path temporary(Path outer, String name) throws IOException {
        String stated = System.getenv().getOrDefault("TMPDIR", "");
        Path parent = Path.of(stated.startsWith("/") ? stated : "/tmp").toRealPath();
        for (int number = 0; ; number++) {
            Path temporary = parent.resolve("guix-build-" + name + ".drv-" + number);
            try {
                OutsideFolder.create(outer, temporary, PRIVATE);
                return temporary;
            } catch (FileAlreadyExistsException _) {
                // Another build of that name, or one that was kept.
            }
        }
    }

    /** The derivation's name without {@code .drv}. */
    String name() {
        return name;
    }

    /** Where the parts of the sandbox are made. */
    Path chroot() {
        return chroot;
    }

    /** Where outputs are written; made by whoever sets up the sandbox. */
    Path outputs() {
        return outputs;
    }

    /** Where an output is copied to, on the way back to its place: where no builder and no collection comes. */
    Path copyOf(Path output) {
        return outer.resolve(output.getFileName() + ".copy");
    }

    /** The builder's working directory on the host. */
    Path buildFolder() {
        return temporary.resolve("top");
    }

    /** The outputs are in their places. */
    void succeeded() {
        succeeded = true;
    }

    /**
     * Keeps the build folder, and hands it to whoever asked for the build.
     *
     * @param owner empty for this process's own user, and for root: then the folder stays as it is
     * @return why it could not be handed over, in guix-daemon's words
     */
    Optional<String> keepBuildFolder(Optional<Client.Owner> owner) throws IOException {
        kept = Optional.of(temporary);
        if (owner.isEmpty() || owner.get().uid() == 0) {
            Files.setPosixFilePermissions(buildFolder(), PosixFilePermissions.fromString("rwxr-xr-x"));
            return Optional.empty();
        }
        Path moved = temporary.resolveSibling(temporary.getFileName() + ".top");
        try {
            handOver(buildFolder(), owner.get());
            // The builder's folder becomes the kept one itself.
            Files.move(buildFolder(), moved);
            Files.delete(temporary);
            Files.move(moved, temporary);
            return Optional.empty();
        } catch (FileSystemException e) {
            return Optional.of("cannot change ownership of build directory '" + temporary + "': " + e.getReason());
        }
    }

    /** What is kept, once it is. */
    Path kept() {
        return kept.orElse(temporary);
    }

    private static void handOver(Path file, Client.Owner owner) throws IOException {
        Map<String, Object> attributes =
                Files.readAttributes(file, "unix:mode,isDirectory,isSymbolicLink", LinkOption.NOFOLLOW_LINKS);
        if ((Boolean) attributes.get("isDirectory")) {
            for (Path entry : FileTrees.entries(file)) {
                handOver(entry, owner);
            }
        }
        chown(file, owner.uid(), owner.gid());
        if (!(Boolean) attributes.get("isSymbolicLink")) {
            Files.setAttribute(file, "unix:mode", (Integer) attributes.get("mode") & HARMLESS);
        }
    }

    private static void chown(Path file, int user, int group) throws IOException {
        Files.setAttribute(file, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() throws IOException {
        // The folder in the store goes last: whoever finds it finds the other one, too.
        try {
            if (kept.isEmpty() && !temporary.startsWith(outer)) {
                FileTrees.deleteShielded(temporary);
            }
        } finally {
            if (!succeeded || spares.isEmpty() || !spares.get().give(outer)) {
                FileTrees.deleteShielded(outer);
            }
        }
    }
}
