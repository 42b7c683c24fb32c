// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import dev.cairn.app.format.ByteSizes;
import dev.cairn.ui.l10n.Messages;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/** The items of the store, as a map or as lists: which is chosen, what it is and what keeps it. */
public final class ItemsViewModel {
    private static final Messages TEXTS = Messages.of("storage");

    private final ObjectProperty<Listing> listing = new SimpleObjectProperty<>(Listing.MAP);
    private final ReadOnlyObjectWrapper<Optional<StorageSnapshot>> snapshot =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<BitSet> going = new ReadOnlyObjectWrapper<>(new BitSet());
    private final ReadOnlyObjectWrapper<Optional<StorageMap.Cell>> chosen =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    /** In which form the items are shown. */
    public enum Listing {
        MAP("map"),
        ALL("all"),
        UNUSED("unused");

        private final String key;

        Listing(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }
    }

    /** What there is to say of a cell. */
    public record Description(String title, String detail) {}

    public ObjectProperty<Listing> listingProperty() {
        return listing;
    }

    ReadOnlyObjectProperty<Optional<StorageSnapshot>> snapshotProperty() {
        return snapshot.getReadOnlyProperty();
    }

    /** The numbers of the items that become unused with the roots that are marked. */
    ReadOnlyObjectProperty<BitSet> goingProperty() {
        return going.getReadOnlyProperty();
    }

    /** What the user chose, if it is still there. */
    ReadOnlyObjectProperty<Optional<StorageMap.Cell>> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    void show(StorageSnapshot now, List<StorageRoot> marked) {
        if (snapshot.get().filter(now::equals).isEmpty()) {
            Optional<StorageMap.Cell> before = chosen.get();
            chosen.set(Optional.empty());
            snapshot.set(Optional.of(now));
            chosen.set(before.flatMap(cell -> same(now, cell)));
        }
        going.set(now.numbersWithout(marked));
    }

    private static Optional<StorageMap.Cell> same(StorageSnapshot now, StorageMap.Cell cell) {
        return cell.item().flatMap(was -> now.items().stream()
                .filter(item -> item.path().equals(was.path()))
                .findFirst()
                .map(StorageMap.Cell::of));
    }

    void choose(StorageMap.Cell cell) {
        chosen.set(Optional.of(cell));
    }

    void choose(StorageSnapshot.SizedItem item) {
        choose(StorageMap.Cell.of(item));
    }

    /** Whether a cell becomes unused with the roots that are marked. */
    boolean goes(StorageMap.Cell cell) {
        return cell.item().filter(item -> going.get().get(item.number())).isPresent();
    }

    /** What it is, how large, and why it is still there. */
    Description describe(StorageMap.Cell cell) {
        String size = TEXTS.text("item.size", ByteSizes.text(cell.bytes()));
        if (cell.item().isEmpty()) {
            return new Description(
                    TEXTS.text("item.others", cell.count()),
                    size + " \u00b7 " + TEXTS.text("item.others." + cell.keeper().key()));
        }
        StorageSnapshot.SizedItem item = cell.item().get();
        return new Description(item.path().name(), size + " \u00b7 " + why(item));
    }

    private String why(StorageSnapshot.SizedItem item) {
        if (item.keeper() == Keeper.UNUSED) {
            return TEXTS.text("item.unused");
        }
        List<StorageRoot> roots = snapshot.get().map(now -> now.rootsOf(item)).orElse(List.of());
        String key = going.get().get(item.number()) ? "item.going" : "item." + item.keeper().key();
        return TEXTS.text(key, RootNames.list(roots));
    }
}
