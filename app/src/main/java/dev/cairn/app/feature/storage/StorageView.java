// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import dev.cairn.app.format.ByteSizes;
import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.ErrorState;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.PageHeader;
import dev.cairn.app.shell.component.Skeleton;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The dashboard: a bar of what keeps the items, the roots, the unused items, and the way to collect them. */
final class StorageView extends BorderPane {
    /** Of each half in the smallest window; in a larger one the items get what there is more. */
    private static final double HALF = 390;

    private final Messages texts = Messages.of("storage");
    private final StorageBar bar = new StorageBar();
    private final Label live = Texts.label("", "muted");
    private final Label dead = Texts.label("", "muted");

    StorageView(StorageViewModel model) {
        getStyleClass().addAll("page", "storage");
        Button collect = Buttons.withIcon(
                Buttons.primary(texts.text("action.preview"), model::previewCollection), Feather.TRASH_2);
        collect.setId("collect-garbage");
        collect.disableProperty().bind(model.awaitingProperty());
        collect.setTooltip(new Tooltip(texts.text("action.preview.help")));
        setTop(new PageHeader(texts.text("title"), new ReadOnlyStringWrapper(texts.text("subtitle")), collect));

        Label advice = Texts.wrapped("", "storage-advice");
        advice.setId("storage-advice");
        advice.textProperty().bind(model.adviceProperty());
        Label outcome = Texts.wrapped("", "storage-outcome");
        outcome.setId("storage-outcome");
        outcome.textProperty().bind(model.outcomeProperty().map(text -> text.orElse("")));
        outcome.visibleProperty().bind(outcome.textProperty().isNotEmpty());
        outcome.managedProperty().bind(outcome.visibleProperty());
        live.setId("live-items");
        dead.setId("dead-items");
        HBox counts = new HBox(24, live, dead);
        // Of what was there before nothing is advised.
        for (Region present : List.of(advice, counts)) {
            present.visibleProperty().bind(model.staleProperty().isEmpty());
            present.managedProperty().bind(present.visibleProperty());
        }
        VBox top = new VBox(12, stale(model), bar, advice, waiting(model), outcome, counts);
        top.getStyleClass().add("storage-top");

        ListView<StorageViewModel.RootRow> roots = new ListView<>(model.roots());
        roots.setId("roots");
        roots.setAccessibleText(texts.text("roots.title"));
        roots.setCellFactory(_ -> new RootCell(model));
        HBox lists = new HBox(16, titled("roots.title", roots), items(model));
        lists.getStyleClass().add("storage-lists");
        VBox.setVgrow(lists, Priority.ALWAYS);

        VBox content = new VBox(top, lists);
        content.visibleProperty().bind(model.snapshotProperty().map(Optional::isPresent));
        Skeleton skeleton = new Skeleton(model.loadingProperty());
        ErrorState error = new ErrorState(
                model.failureProperty().map(failure -> failure.filter(_ -> model.snapshotProperty().get().isEmpty())),
                model::refresh);
        setCenter(new StackPane(content, skeleton, error));
        model.snapshotProperty().subscribe(now -> now.ifPresent(this::show));
    }

    /** Above what was seen before, when looking again failed: why, and the way to try once more. */
    private HBox stale(StorageViewModel model) {
        Label text = Texts.wrapped("");
        text.setId("storage-stale");
        text.textProperty().bind(model.staleProperty());
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button again = Buttons.plain(Messages.of("common").text("error.retry"), model::refresh);
        HBox stale = new HBox(8, Icons.of(Feather.ALERT_CIRCLE, "danger"), text, again);
        stale.getStyleClass().add("storage-stale");
        stale.setAlignment(Pos.CENTER_LEFT);
        stale.visibleProperty().bind(model.staleProperty().isNotEmpty());
        stale.managedProperty().bind(stale.visibleProperty());
        return stale;
    }

    /** While a collection waits to begin: what goes when, and the way to take it back. */
    private HBox waiting(StorageViewModel model) {
        Label notice = Texts.wrapped("");
        notice.textProperty().bind(model.noticeProperty());
        HBox.setHgrow(notice, Priority.ALWAYS);
        notice.setMaxWidth(Double.MAX_VALUE);
        Button now = Buttons.plain(texts.text("waiting.now"), model::collectNow);
        now.setId("collect-now");
        Button undo = Buttons.primary(texts.text("waiting.undo"), model::undo);
        undo.setId("collect-undo");
        HBox waiting = new HBox(8, notice, now, undo);
        waiting.setId("storage-waiting");
        waiting.getStyleClass().add("storage-waiting");
        waiting.setAlignment(Pos.CENTER_LEFT);
        waiting.visibleProperty().bind(model.awaitingProperty());
        waiting.managedProperty().bind(waiting.visibleProperty());
        return waiting;
    }

    private void show(StorageSnapshot now) {
        bar.show(now);
        live.setText(texts.text("counts", now.liveCount(), ByteSizes.text(now.liveBytes())));
        dead.setText(texts.text("counts.dead", now.deadCount(), ByteSizes.text(now.unusedBytes())));
    }

    private static ItemsPane items(StorageViewModel model) {
        ItemsPane pane = new ItemsPane(model.items());
        HBox.setHgrow(pane, Priority.ALWAYS);
        pane.setMinWidth(0);
        pane.setPrefWidth(HALF);
        return pane;
    }

    private VBox titled(String key, ListView<?> list) {
        Label heading = Texts.heading(texts.text(key));
        heading.getStyleClass().add("storage-heading");
        VBox box = new VBox(8, heading, list);
        VBox.setVgrow(list, Priority.ALWAYS);
        box.setPrefWidth(HALF);
        list.setPrefWidth(HALF);
        return box;
    }
}
