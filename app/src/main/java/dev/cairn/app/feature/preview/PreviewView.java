// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.preview;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.EmptyState;
import dev.cairn.app.shell.component.ErrorState;
import dev.cairn.app.shell.component.Folded;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.Skeleton;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The sheet: what is built here first, then what is added, replaced and removed; Apply and Cancel below. */
public final class PreviewView extends BorderPane {
    private static final Messages TEXTS = Messages.of("preview");
    private static final int FIRST_BUILT = 6;
    private static final int MOST_ALONG = 4;

    private final PreviewViewModel model;
    private final VBox rows = new VBox();

    public PreviewView(PreviewViewModel model) {
        this.model = model;
        setId("preview");
        setFocusTraversable(true);
        accessibleTextProperty().bind(model.titleProperty());
        rows.getStyleClass().add("sheet-body");
        ScrollPane scroll = new ScrollPane(rows);
        scroll.getStyleClass().add("plain");
        scroll.setFitToWidth(true);
        scroll.visibleProperty().bind(model.contentsProperty().map(Optional::isPresent));
        StackPane body = new StackPane(
                scroll, new Skeleton(model.busyProperty()), new ErrorState(model.failureProperty(), model::retry));
        body.setAlignment(Pos.TOP_LEFT);
        setTop(header());
        setCenter(body);
        setBottom(footer());
        model.contentsProperty().subscribe(contents -> contents.ifPresent(this::show));
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER && event.isShortcutDown()) {
                model.apply();
                event.consume();
            }
        });
    }

    private Region header() {
        Label title = Texts.wrapped("", "page-title");
        title.textProperty().bind(model.titleProperty());
        Label summary = Texts.wrapped("", "page-subtitle");
        summary.textProperty().bind(model.contentsProperty().map(contents -> contents.map(PreviewContents::summary)
                .orElse(TEXTS.text("planning"))));
        summary.visibleProperty().bind(model.failureProperty().map(Optional::isEmpty));
        VBox text = new VBox(4, title, summary);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox header = new HBox(text, Buttons.icon(Feather.X, TEXTS.text("close"), model::cancel));
        header.getStyleClass().add("sheet-header");
        return header;
    }

    private Region footer() {
        Button apply = Buttons.primary("", model::apply);
        apply.setId("preview-apply");
        apply.textProperty().bind(model.actionProperty());
        apply.disableProperty().bind(model.contentsProperty().map(contents -> contents.map(PreviewContents::isEmpty)
                .orElse(true)));
        Button cancel = Buttons.plain(TEXTS.text("cancel"), model::cancel);
        cancel.setId("preview-cancel");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox footer = new HBox(gap, cancel, apply);
        footer.getStyleClass().add("sheet-footer");
        return footer;
    }

    private void show(PreviewContents contents) {
        rows.getChildren().clear();
        contents.recommended().ifPresent(with -> rows.getChildren().add(recommended(with)));
        if (contents.isEmpty()) {
            rows.getChildren()
                    .add(new EmptyState(Feather.CHECK_CIRCLE, TEXTS.text("nothing.title"), TEXTS.text("nothing.text")));
            return;
        }
        if (!contents.built().isEmpty()) {
            rows.getChildren().add(built(contents.built()));
        }
        if (!contents.impure().isEmpty()) {
            rows.getChildren().add(notice(TEXTS.text("impure", String.join(", ", contents.impure()))));
        }
        contents.missing().ifPresent(text -> rows.getChildren().add(notice(text)));
        contents.notes().forEach(note -> rows.getChildren().add(notice(note)));
        group("downgrades", contents.downgrades());
        group("adds", contents.adds());
        group("upgrades", contents.upgrades());
        group("removes", contents.removes());
        group("rebuilt", contents.rebuilt());
        if (!contents.fetched().isEmpty()) {
            String title = TEXTS.text("fetched", contents.fetched().size());
            Folded<PreviewContents.Row> folded = new Folded<>(title, contents.fetched(), PreviewView::row);
            folded.setId("preview-fetched");
            rows.getChildren().add(folded);
        }
    }

    private Region recommended(boolean with) {
        CheckBox box = new CheckBox(TEXTS.text("recommended"));
        box.setId("preview-recommended");
        box.setSelected(with);
        box.setOnAction(_ -> model.setRecommended(box.isSelected()));
        return box;
    }

    private static Region built(List<String> names) {
        VBox text = new VBox(4, Texts.label(TEXTS.text("built", names.size()), "row-title"));
        names.stream().limit(FIRST_BUILT).forEach(name -> text.getChildren().add(Texts.label(name, "mono")));
        if (names.size() > FIRST_BUILT) {
            List<String> others = names.subList(FIRST_BUILT, names.size());
            Button more = Buttons.link(TEXTS.text("built.more", others.size()), () -> {});
            more.setOnAction(_ -> {
                text.getChildren().remove(more);
                others.forEach(name -> text.getChildren().add(Texts.label(name, "mono")));
            });
            text.getChildren().add(more);
        }
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox notice = new HBox(Icons.of(Feather.TOOL, "warning"), text);
        notice.getStyleClass().addAll("notice", "notice-warning");
        return notice;
    }

    private static Region notice(String text) {
        Label label = Texts.wrapped(text);
        HBox.setHgrow(label, Priority.ALWAYS);
        HBox notice = new HBox(Icons.of(Feather.ALERT_TRIANGLE, "warning"), label);
        notice.getStyleClass().addAll("notice", "notice-warning");
        return notice;
    }

    /** What was asked for first; many that come along are folded away, because they would hide it. */
    private void group(String key, List<PreviewContents.Row> changes) {
        if (changes.isEmpty()) {
            return;
        }
        VBox group = new VBox(8, Texts.heading(TEXTS.text(key)));
        List<PreviewContents.Row> along =
                changes.stream().filter(PreviewContents.Row::comesAlong).toList();
        if (along.size() > MOST_ALONG) {
            changes.stream().filter(change -> !change.comesAlong()).forEach(change -> group.getChildren()
                    .add(row(change)));
            String title = TEXTS.text(key + ".along", along.size());
            group.getChildren().add(new Folded<>(title, along, PreviewView::row));
        } else {
            changes.forEach(change -> group.getChildren().add(row(change)));
        }
        rows.getChildren().add(group);
    }

    private static Region row(PreviewContents.Row change) {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        VBox name = new VBox(Texts.label(change.name(), "row-title"));
        if (change.comesAlong()) {
            name.getChildren().add(Texts.label(change.reason(), "row-detail"));
        }
        HBox row = new HBox(8, name, gap, Texts.label(change.detail(), "row-version"));
        row.getStyleClass().add("change-row");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
