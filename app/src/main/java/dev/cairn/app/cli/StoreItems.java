// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import dev.cairn.layout.LogicalFiles;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/** Finds the items that people name: by their logical name, by a file in the physical store, or by a link to either. */
final class StoreItems {
    private StoreItems() {}

    /** Whether an argument is the name of a file rather than a package. */
    static boolean isFileName(String argument) {
        return argument.contains("/");
    }

    static SequencedSet<StorePath> all(Workspace workspace, Collection<String> names) throws CairnException {
        SequencedSet<StorePath> items = new LinkedHashSet<>();
        for (String name : names) {
            items.add(named(workspace, name));
        }
        return items;
    }

    /** The item that {@code name} is, is inside of, or leads to. */
    static StorePath named(Workspace workspace, String name) throws CairnException {
        StoreLayout layout = workspace.layout();
        if (layout.storeDirectory().contains(name)) {
            return layout.storeDirectory().itemOf(name);
        }
        try {
            Optional<Path> file = new LogicalFiles(layout).resolve(Path.of(name).toAbsolutePath());
            Path store = layout.physicalStore().toRealPath();
            if (file.isPresent() && file.get().startsWith(store) && !file.get().equals(store)) {
                return layout.storeDirectory()
                        .item(store.relativize(file.get()).getName(0).toString());
            }
        } catch (IOException | InvalidPathException _) {
            // What cannot be followed does not lead into the store.
        }
        throw new FailureException(
                Texts.text("error.not-an-item", name),
                Optional.of(Texts.text("hint.not-an-item", layout.storeDirectory())));
    }
}
