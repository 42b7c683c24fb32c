// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.derivation.NamedDerivation;
import dev.cairn.fs.FileTrees;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The temporary folders of one build: {@code DRV.chroot} in the store, so that outputs can be renamed to their final
 * names, and the build folder (daemon, sections 8.3 and 8.5). Closing deletes them.
 */
final class BuildFolders implements AutoCloseable {
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> CHROOT =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---"));

    private final String name;
    private final Path outer;
    private final Path temporary;
    private boolean kept;

    private BuildFolders(String name, Path outer, Path temporary) {
        this.name = name;
        this.outer = outer;
        this.temporary = temporary;
    }

    /**
     * Makes the folders; what a killed process left under these names is deleted. The caller holds the locks.
     *
     * @param builtin whether the builder is part of Cairn: then the build folder is in the store as well, where the
     *     collector takes it away if this process is killed
     */
    static BuildFolders make(StoreLayout layout, StorePath derivation, boolean builtin) throws IOException {
        String name = NamedDerivation.nameOf(derivation);
        Path outer = layout.physicalStore().resolve(derivation.baseName() + ".chroot");
        FileTrees.delete(outer);
        Files.createDirectory(outer, CHROOT);
        Path temporary =
                builtin ? Files.createDirectory(outer.resolve("build"), PRIVATE) : temporary(name);
        BuildFolders folders = new BuildFolders(name, outer, temporary);
        try {
            Files.createDirectory(folders.chroot(), CHROOT);
            Files.createDirectory(folders.buildFolder(), PRIVATE);
            return folders;
        } catch (IOException e) {
            folders.close();
            throw e;
        }
    }

    private static Path temporary(String name) throws IOException {
        String stated = System.getenv().getOrDefault("TMPDIR", "");
        Path parent = Path.of(stated.startsWith("/") ? stated : "/tmp").toRealPath();
        for (int number = 0; ; number++) {
            try {
                return Files.createDirectory(parent.resolve("guix-build-" + name + ".drv-" + number), PRIVATE);
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
        return outer.resolve("top");
    }

    /** Where outputs are written. */
    Path outputs() {
        return chroot().resolve("store");
    }

    /** The builder's working directory on the host. */
    Path buildFolder() {
        return temporary.resolve("top");
    }

    /** Keeps the build folder. @return where it is from now on */
    Path keepBuildFolder() throws IOException {
        kept = true;
        Files.setPosixFilePermissions(buildFolder(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        return buildFolder();
    }

    @Override
    public void close() throws IOException {
        try {
            FileTrees.deleteShielded(outer);
        } finally {
            if (!kept) {
                FileTrees.deleteShielded(temporary);
            }
        }
    }
}
