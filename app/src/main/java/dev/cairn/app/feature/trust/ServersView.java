// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Chip;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The servers of substitutes, the first asked on top, and the field that adds one. */
final class ServersView extends VBox {
    private static final Messages TEXTS = Messages.of("trust");

    private final TrustViewModel trust;
    private final ServersViewModel model;
    private final VBox rows = new VBox(12);

    ServersView(TrustViewModel trust) {
        super(12);
        this.trust = trust;
        this.model = trust.servers();
        setId("trust-servers");
        rows.setId("trust-server-rows");
        model.rowsProperty().subscribe(this::show);
        getChildren().addAll(rows, adding());
    }

    private Node adding() {
        TextField address = new TextField();
        address.setId("server-address");
        address.setPromptText(TEXTS.text("server.prompt"));
        address.setAccessibleText(TEXTS.text("server.address"));
        address.textProperty().bindBidirectional(model.addressProperty());
        address.setOnAction(_ -> model.add());
        address.disableProperty().bind(trust.writableProperty().not());
        HBox.setHgrow(address, Priority.ALWAYS);
        Button add = Buttons.plain(TEXTS.text("server.add"), model::add);
        add.setId("server-add");
        add.disableProperty()
                .bind(trust.writableProperty().not().or(model.addressProperty().isEmpty()));
        Label problem = Texts.wrapped("", "error-message", "danger-text");
        problem.setId("server-problem");
        problem.textProperty().bind(model.problemProperty());
        problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        return new VBox(8, new HBox(8, address, add), problem);
    }

    private void show(List<ServersViewModel.Row> found) {
        rows.getChildren().setAll(found.stream().map(this::card).toList());
        rows.setManaged(!found.isEmpty());
    }

    private Node card(ServersViewModel.Row row) {
        Label url = Texts.label(row.url(), "mono", "row-title");
        url.setMinWidth(0);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox head = new HBox(8, url, gap, up(row), down(row));
        if (row.state() != ServersViewModel.State.UNKNOWN) {
            String key = "server.state." + row.state().name().toLowerCase(Locale.ROOT);
            head.getChildren().add(1, new Chip(TEXTS.text(key), tone(row.state())));
        }
        head.setAlignment(Pos.CENTER_LEFT);
        VBox card = new VBox(8, head);
        card.getStyleClass().addAll("card", "server-card");
        if (!row.about().isEmpty()) {
            card.getChildren().add(Texts.wrapped(row.about(), "row-detail"));
        }
        if (!row.keys().isEmpty()) {
            card.getChildren()
                    .add(Texts.wrapped(TEXTS.text("server.keys", String.join(", ", row.keys())), "row-detail"));
        }
        card.getChildren().add(actions(row));
        return card;
    }

    private Button up(ServersViewModel.Row row) {
        Button up = Buttons.icon(Feather.ARROW_UP, TEXTS.text("server.up"), () -> model.move(row, -1));
        up.setAccessibleText(TEXTS.text("server.up") + ": " + row.url());
        locked(up, row.first());
        return up;
    }

    private Button down(ServersViewModel.Row row) {
        Button down = Buttons.icon(Feather.ARROW_DOWN, TEXTS.text("server.down"), () -> model.move(row, 1));
        down.setAccessibleText(TEXTS.text("server.down") + ": " + row.url());
        locked(down, row.last());
        return down;
    }

    private void locked(Button button, boolean always) {
        if (always) {
            button.setDisable(true);
        } else {
            button.disableProperty().bind(trust.writableProperty().not());
        }
    }

    private Node actions(ServersViewModel.Row row) {
        Button check = small(TEXTS.text("server.check"), () -> model.check(row));
        check.setDisable(row.state() == ServersViewModel.State.ASKING);
        check.getStyleClass().add("server-check");
        Button key = small(TEXTS.text("server.key"), () -> model.offerKey(row));
        key.getStyleClass().add("server-key");
        locked(key, false);
        Button remove = small(TEXTS.text("server.remove"), () -> model.remove(row));
        remove.getStyleClass().add("server-remove");
        remove.setAccessibleText(TEXTS.text("server.remove") + ": " + row.url());
        locked(remove, false);
        FlowPane actions = new FlowPane(8, 8, check, key, remove);
        actions.setAlignment(Pos.CENTER_LEFT);
        return actions;
    }

    private static Button small(String text, Runnable action) {
        Button button = Buttons.plain(text, action);
        button.getStyleClass().add("small");
        return button;
    }

    private static Chip.Tone tone(ServersViewModel.State state) {
        return switch (state) {
            case UNKNOWN -> Chip.Tone.NEUTRAL;
            case ASKING -> Chip.Tone.ACCENT;
            case FINE -> Chip.Tone.SUCCESS;
            case PROBLEM -> Chip.Tone.DANGER;
        };
    }
}
