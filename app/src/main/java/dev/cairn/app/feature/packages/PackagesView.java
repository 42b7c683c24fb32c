// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import atlantafx.base.controls.CustomTextField;
import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.EmptyState;
import dev.cairn.app.shell.component.ErrorState;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.Skeleton;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The search field over the list, 420 pixels wide, beside the details. */
final class PackagesView extends BorderPane {
    private static final Messages TEXTS = Messages.of("packages");
    private static final double LIST_WIDTH = 420;

    private final PackagesViewModel model;
    private final CustomTextField search = new CustomTextField();
    private final ListView<PackageRow> list = new ListView<>();
    private final DetailsView details;

    PackagesView(PackagesViewModel model) {
        this.model = model;
        this.details = new DetailsView(model.details(), model::open);
        getStyleClass().add("page");
        FetchOffer offer = new FetchOffer(model.offer());
        VBox.setMargin(offer, new Insets(0, 16, 12, 16));
        VBox left = new VBox(searchBar(), offer, results());
        left.getStyleClass().add("master");
        left.setMinWidth(LIST_WIDTH);
        left.setMaxWidth(LIST_WIDTH);
        setLeft(left);
        setCenter(details);
        addEventFilter(KeyEvent.KEY_PRESSED, this::keys);
    }

    void focusSearch() {
        search.requestFocus();
        search.selectAll();
    }

    private HBox searchBar() {
        search.setId("search");
        search.setPromptText(TEXTS.text("search.prompt"));
        search.setAccessibleText(TEXTS.text("search.accessible"));
        search.setLeft(Icons.of(Feather.SEARCH, "muted"));
        Button clear = Buttons.icon(Feather.X, TEXTS.text("search.clear"), () -> search.setText(""));
        clear.getStyleClass().add("clear");
        clear.setFocusTraversable(false);
        clear.visibleProperty().bind(search.textProperty().isNotEmpty());
        search.setRight(clear);
        search.textProperty().bindBidirectional(model.queryProperty());
        HBox.setHgrow(search, Priority.ALWAYS);
        HBox bar = new HBox(search);
        bar.getStyleClass().add("search-bar");
        return bar;
    }

    private VBox results() {
        list.setId("packages");
        list.setAccessibleText(TEXTS.text("list.accessible"));
        list.setCellFactory(_ -> new PackageCell(model::act));
        list.setFixedCellSize(56);
        list.setPlaceholder(Texts.label(""));
        model.rowsProperty().subscribe(rows -> {
            list.getItems().setAll(rows);
            reselect();
        });
        list.getSelectionModel().selectedItemProperty().subscribe(row -> {
            if (row != null) {
                model.selectedProperty().set(Optional.of(row));
            }
        });
        model.selectedProperty().subscribe(this::select);
        Label count = Texts.label("", "row-detail", "count");
        count.textProperty().bind(model.countProperty());
        EmptyState none = new EmptyState(Feather.SEARCH, "", "");
        none.setId("no-match");
        model.noMatchProperty().subscribe(missing -> missing.ifPresent(answer -> describe(none, answer)));
        none.visibleProperty().bind(model.noMatchProperty().map(Optional::isPresent));
        StackPane stack = new StackPane(
                list,
                new Skeleton(model.loadingProperty()),
                none,
                new ErrorState(model.failureProperty(), model::search));
        list.visibleProperty().bind(model.failureProperty().map(Optional::isEmpty));
        VBox.setVgrow(stack, Priority.ALWAYS);
        VBox results = new VBox(stack, new MarkedBar(model), count);
        VBox.setVgrow(results, Priority.ALWAYS);
        return results;
    }

    private void describe(EmptyState state, PackagesViewModel.NoMatch answer) {
        boolean nothingAtAll = answer.text().isEmpty();
        state.titleLabel().setText(
                nothingAtAll ? TEXTS.text("empty.title") : TEXTS.text("nomatch.title", answer.text()));
        state.textLabel().setText(TEXTS.text(
                nothingAtAll ? "empty.text" : answer.nearest().isEmpty() ? "nomatch.text" : "nomatch.nearest"));
        state.setActions(answer.nearest().stream()
                .map(name -> Buttons.plain(name, () -> search.setText(name)))
                .toArray(Button[]::new));
    }

    private void reselect() {
        model.selectedProperty()
                .get()
                .flatMap(before -> model.rowsProperty().get().stream()
                        .filter(row -> row.name().equals(before.name()))
                        .findFirst())
                .ifPresentOrElse(
                        row -> list.getSelectionModel().select(row),
                        () -> list.getSelectionModel().clearSelection());
    }

    private void select(Optional<PackageRow> row) {
        if (row.isEmpty()) {
            list.getSelectionModel().clearSelection();
        } else if (!row.get().equals(list.getSelectionModel().getSelectedItem())) {
            list.getSelectionModel().select(row.get());
            list.scrollTo(row.get());
        }
    }

    private void keys(KeyEvent event) {
        boolean fromSearch = search.isFocused();
        if (!fromSearch && !list.isFocused()) {
            return;
        }
        if (event.getCode() == KeyCode.ENTER && event.isShortcutDown()) {
            if (model.markedProperty().get().isEmpty()) {
                model.onceAnswered(() -> current().ifPresent(model::act));
            } else {
                model.reviewMarked();
            }
        } else if (event.getCode() == KeyCode.SPACE && !fromSearch) {
            current().ifPresent(model::toggleMark);
        } else if (event.getCode() == KeyCode.ENTER && !event.isAltDown()) {
            model.onceAnswered(() -> current().ifPresent(row -> {
                list.getSelectionModel().select(row);
                details.focusAction();
            }));
        } else if (event.getCode() == KeyCode.DOWN && fromSearch) {
            list.requestFocus();
            model.onceAnswered(() -> current().ifPresent(row -> list.getSelectionModel().select(row)));
        } else if (event.getCode() == KeyCode.UP && !fromSearch && list.getSelectionModel().getSelectedIndex() == 0) {
            search.requestFocus();
        } else {
            return;
        }
        event.consume();
    }

    /** The selected row or, where none is, the best match. */
    private Optional<PackageRow> current() {
        PackageRow selected = list.getSelectionModel().getSelectedItem();
        return selected != null ? Optional.of(selected) : list.getItems().stream().findFirst();
    }
}
