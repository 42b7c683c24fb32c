// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import dev.cairn.app.shell.component.SegmentedChoice;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * The right half of the page: the items as a map, or as lists for those who rather read, and what is chosen of them.
 */
final class ItemsPane extends VBox {
    private static final Messages TEXTS = Messages.of("storage");

    /** A line and two more, in pixels. */
    private static final double DESCRIPTION = 56;

    private final ItemsViewModel model;
    private final StorageCanvas map;
    private final ListView<StorageSnapshot.SizedItem> all;
    private final ListView<StorageSnapshot.SizedItem> unused;
    private final Label title = Texts.label("", "map-chosen");
    private final Label detail = Texts.label("", "row-detail");

    ItemsPane(ItemsViewModel model) {
        super(8);
        this.model = model;
        SegmentedChoice<ItemsViewModel.Listing> listing = new SegmentedChoice<>(model.listingProperty());
        for (ItemsViewModel.Listing one : ItemsViewModel.Listing.values()) {
            listing.option(
                    one,
                    "items-" + one.key(),
                    TEXTS.text("items." + one.key()),
                    TEXTS.text("items." + one.key() + ".help"));
        }
        map = new StorageCanvas(model);
        map.setId("storage-map");
        all = list("all-items", "items.all.help", "map.nothing");
        unused = list("unused-items", "dead.title", "dead.none");
        Label nothing = Texts.wrapped(TEXTS.text("map.nothing"), "muted");
        StackPane shown = new StackPane(nothing, map, all, unused);
        shown.setMinHeight(0);
        VBox.setVgrow(shown, Priority.ALWAYS);
        model.listingProperty().subscribe(now -> {
            map.setVisible(now == ItemsViewModel.Listing.MAP);
            all.setVisible(now == ItemsViewModel.Listing.ALL);
            unused.setVisible(now == ItemsViewModel.Listing.UNUSED);
            followChoice(all);
            followChoice(unused);
        });
        VBox description = new VBox(2, title, detail);
        description.setId("storage-chosen");
        description.getStyleClass().add("map-description");
        // Always as high, so that the map stays where it is while the mouse moves over it.
        description.setMinHeight(DESCRIPTION);
        description.setMaxHeight(DESCRIPTION);
        detail.setWrapText(true);
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(title.textProperty().concat("\n").concat(detail.textProperty()));
        Tooltip.install(description, whole);
        // Above the map, as messages come over the window's lower end.
        getChildren().addAll(listing, description, shown);
        model.snapshotProperty().subscribe(now -> {
            all.getItems().setAll(now.map(StorageSnapshot::items).orElse(List.of()));
            unused.getItems().setAll(now.map(StorageSnapshot::deadItems).orElse(List.of()));
            nothing.setVisible(now.filter(found -> !found.map().groups().isEmpty()).isEmpty()
                    && model.listingProperty().get() == ItemsViewModel.Listing.MAP);
        });
        model.chosenProperty().subscribe(_ -> describe());
        model.goingProperty().subscribe(_ -> describe());
        map.hoveredProperty().subscribe(_ -> describe());
    }

    private ListView<StorageSnapshot.SizedItem> list(String id, String name, String empty) {
        ListView<StorageSnapshot.SizedItem> list = new ListView<>();
        list.setId(id);
        list.setAccessibleText(TEXTS.text(name));
        list.setCellFactory(_ -> new SizedItemCell());
        list.setPlaceholder(Texts.wrapped(TEXTS.text(empty), "muted"));
        list.getSelectionModel().selectedItemProperty().subscribe(item -> {
            if (item != null) {
                model.choose(item);
            }
        });
        return list;
    }

    /** What was chosen elsewhere is chosen in a list, too, once that is shown. */
    private void followChoice(ListView<StorageSnapshot.SizedItem> list) {
        Optional<StorageSnapshot.SizedItem> item = model.chosenProperty().get().flatMap(StorageMap.Cell::item);
        if (list.isVisible() && item.isPresent() && list.getItems().contains(item.get())) {
            list.getSelectionModel().select(item.get());
            list.scrollTo(item.get());
        }
    }

    private void describe() {
        Optional<ItemsViewModel.Description> said =
                map.hoveredProperty().get().or(() -> model.chosenProperty().get()).map(model::describe);
        title.setText(said.map(ItemsViewModel.Description::title).orElse(TEXTS.text("map.hint")));
        detail.setText(said.map(ItemsViewModel.Description::detail).orElse(TEXTS.text("map.about")));
    }
}
