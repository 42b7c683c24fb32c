// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.TextItem;
import dev.cairn.gc.TemporaryRoots;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.path.StorePaths;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Puts texts into the store (formats, section 3.3). */
final class Additions {
    /** Each holds a lock, and so a file descriptor, while they are added. */
    private static final int TEXTS_AT_ONCE = 100;

    private final OpenStore store;
    private final TemporaryRoots.Holder session;
    private final boolean deduplicate;

    /** A text and the name that follows from it. */
    record Text(StorePath path, byte[] contents, SortedSet<StorePath> references) {}

    Additions(OpenStore store, TemporaryRoots.Holder session, boolean deduplicate) {
        this.store = store;
        this.session = session;
        this.deduplicate = deduplicate;
    }

    StorePath text(String name, byte[] contents, Collection<StorePath> references) throws DaemonException {
        return texts(List.of(new TextItem(name, contents, references))).getFirst();
    }

    /** Adds in order, many in one transaction. */
    List<StorePath> texts(List<TextItem> items) throws DaemonException {
        List<Text> texts = new ArrayList<>(items.size());
        SortedSet<StorePath> needed = new TreeSet<>();
        for (TextItem item : items) {
            SortedSet<StorePath> references = new TreeSet<>(item.references());
            StorePath path = ItemNames.checked(
                    item.name(),
                    () -> StorePaths.text(directory(), item.name(), item.contents(), references));
            texts.add(new Text(path, item.contents(), references));
            needed.add(path);
            needed.addAll(references);
        }
        try (TemporaryRoots.Holder operation = session.operation()) {
            operation.add(needed);
            TextAdditions additions = new TextAdditions(store, store.database().valid(needed), deduplicate);
            for (int i = 0; i < texts.size(); i += TEXTS_AT_ONCE) {
                additions.add(texts.subList(i, Math.min(i + TEXTS_AT_ONCE, texts.size())));
            }
        } catch (IOException e) {
            throw DaemonException.of("adding '" + texts.getFirst().path() + "'", e);
        }
        return texts.stream().map(Text::path).toList();
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private StoreDirectory directory() {
        return store.layout().storeDirectory();
    }
}
