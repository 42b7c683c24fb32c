// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.sources;

import dev.cairn.app.channel.GuixOffer;
import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.SegmentedChoice;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.Locale;
import javafx.beans.property.StringProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Asks for the name of a channel and where it is. */
public final class AddSourceSheet extends BorderPane {
    private static final Messages TEXTS = Messages.of("sources");
    private static final int ROWS = 4;

    private final AddSourceViewModel model;

    public AddSourceSheet(AddSourceViewModel model) {
        this.model = model;
        getStyleClass().add("sheet-content");
        Label problem = Texts.wrapped("", "error-message");
        problem.setId("add-problem");
        problem.textProperty().bind(model.problemProperty());
        problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
        VBox fields = new VBox(8);
        model.kindProperty().subscribe(kind -> fields.getChildren().setAll(switch (kind) {
            case ARCHIVE -> archive();
            case GUIX -> guix(true);
            case SERVICE -> guix(false);
            case FILE -> list();
        }));
        VBox body = new VBox(
                8,
                Texts.wrapped(TEXTS.text("add.title"), "sheet-title"),
                Texts.wrapped(TEXTS.text("add.about"), "row-detail"),
                kinds(),
                field("add.name", "add-name", "add.name.prompt", model.nameProperty()),
                fields,
                problem);
        ScrollPane scroll = new ScrollPane(body);
        scroll.getStyleClass().add("plain");
        scroll.setFitToWidth(true);
        // Beside the bar that scrolls, where the window is small.
        body.setPadding(new Insets(0, 12, 0, 0));
        setCenter(scroll);
        Node buttons = buttons();
        BorderPane.setMargin(buttons, new Insets(12, 0, 0, 0));
        setBottom(buttons);
    }

    private Node kinds() {
        SegmentedChoice<AddSourceViewModel.Kind> choice = new SegmentedChoice<>(model.kindProperty());
        for (AddSourceViewModel.Kind kind : AddSourceViewModel.Kind.values()) {
            String key = kind.name().toLowerCase(Locale.ROOT);
            choice.option(kind, "add-kind-" + key, TEXTS.text("add.kind." + key));
        }
        return choice;
    }

    private Node archive() {
        TextArea source = new TextArea();
        source.setId("add-where");
        source.setPromptText(TEXTS.text("add.where.prompt"));
        source.setPrefRowCount(ROWS);
        source.setWrapText(true);
        source.textProperty().bindBidirectional(model.sourceProperty());
        return new VBox(
                8,
                labelled("add.where", source),
                source,
                Texts.wrapped(TEXTS.text("add.where.about"), "row-detail"));
    }

    private Node guix(boolean preset) {
        VBox box =
                new VBox(8, Texts.wrapped(TEXTS.text(preset ? "add.guix.about" : "add.service.about"), "row-detail"));
        Node service = field("add.service", "add-service", "add.service.prompt", model.serviceProperty());
        service.setDisable(preset);
        box.getChildren()
                .addAll(
                        service,
                        field("add.branch", "add-branch", "add.branch.prompt", model.branchProperty()),
                        field("add.commit", "add-commit", "add.commit.prompt", model.commitProperty()));
        if (preset) {
            box.getChildren().add(farms());
        }
        return box;
    }

    private Node list() {
        Node farms = farms();
        farms.visibleProperty().bind(model.knownServiceProperty());
        farms.managedProperty().bind(farms.visibleProperty());
        return new VBox(
                8,
                Texts.wrapped(TEXTS.text("add.file.about"), "row-detail"),
                new ListedGuixCard(model.list()),
                field("add.service", "add-service", "add.service.prompt", model.serviceProperty()),
                farms);
    }

    private Node farms() {
        CheckBox farms = new CheckBox(TEXTS.text("add.farms"));
        farms.setId("add-farms");
        farms.setWrapText(true);
        farms.selectedProperty().bindBidirectional(model.farmsProperty());
        VBox box = new VBox(8, farms, Texts.wrapped(TEXTS.text("add.farms.about"), "row-detail"));
        for (GuixOffer.Farm farm : model.offer().farms()) {
            box.getChildren()
                    .addAll(Texts.wrapped(farm.url(), "mono"), Texts.wrapped(farm.fingerprint(), "mono", "small"));
        }
        box.getStyleClass().add("card");
        return box;
    }

    private Node buttons() {
        Button cancel = Buttons.plain(TEXTS.text("add.cancel"), model::cancel);
        cancel.setCancelButton(true);
        Button confirm = Buttons.primary(TEXTS.text("add.confirm"), model::add);
        confirm.setId("add-confirm");
        confirm.disableProperty().bind(model.completeProperty().not());
        HBox buttons = new HBox(8, cancel, confirm);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        return buttons;
    }

    static Node field(String key, String id, String prompt, StringProperty value) {
        TextField field = new TextField();
        field.setId(id);
        field.setPromptText(TEXTS.text(prompt));
        field.textProperty().bindBidirectional(value);
        return new VBox(4, labelled(key, field), field);
    }

    static Label labelled(String key, Node field) {
        Label label = Texts.heading(TEXTS.text(key));
        label.setLabelFor(field);
        return label;
    }
}
