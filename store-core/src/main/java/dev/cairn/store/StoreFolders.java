// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Symlinks;
import dev.cairn.layout.StoreLayout;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes the folders of a store where they are missing (formats, section 7.4). */
final class StoreFolders {
    private StoreFolders() {}

    static void prepare(StoreLayout layout) throws DaemonException {
        List<Path> folders = List.of(
                layout.physicalStore(),
                layout.links(),
                layout.state(),
                layout.profiles().resolve("per-user"),
                layout.tempRoots(),
                layout.database(),
                layout.gcRoots().resolve("auto"),
                layout.logs().resolve("drvs"));
        try {
            for (Path folder : folders) {
                Files.createDirectories(folder);
            }
            linkProfiles(layout);
        } catch (AccessDeniedException e) {
            throw notWritable(layout, Path.of(e.getFile()), Optional.of(e));
        } catch (IOException e) {
            throw DaemonException.of("making the folders of the store in '" + layout.root() + "'", e);
        }
        if (Files.isSymbolicLink(layout.physicalStore())) {
            throw new DaemonException.StoreIo(
                    "the store '" + layout.physicalStore() + "' is a symlink",
                    Optional.of("Make it a real folder, with a bind mount for instance: items would be named "
                            + "differently depending on the way to them."),
                    Optional.empty());
        }
        for (Path folder : folders) {
            if (!Files.isWritable(folder)) {
                throw notWritable(layout, folder, Optional.empty());
            }
        }
    }

    private static void linkProfiles(StoreLayout layout) throws IOException {
        Path link = layout.gcRoots().resolve("profiles");
        if (!FileTrees.exists(link)) {
            try {
                Symlinks.create(link, layout.profiles().toString());
            } catch (FileAlreadyExistsException _) {
                // Another process opened the new store at the same moment.
            }
        }
    }

    private static DaemonException notWritable(StoreLayout layout, Path folder, Optional<Throwable> cause) {
        return new DaemonException.StoreIo(
                "the store in '" + layout.root() + "' cannot be written to: no permission for '" + folder + "'",
                Optional.of("It belongs to another user, or is mounted read-only. Run as its owner, or set "
                        + "XDG_DATA_HOME to a folder of your own to use another store."),
                cause);
    }
}
