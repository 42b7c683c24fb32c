// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.sources;

import dev.cairn.app.channel.ListedGuix;
import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.kordamp.ikonli.feather.Feather;

/** Asks for a list of channels and shows what it says, or why it cannot be used. */
final class ListedGuixCard extends VBox {
    private static final Messages TEXTS = Messages.of("sources");

    private final ListedGuixViewModel model;

    ListedGuixCard(ListedGuixViewModel model) {
        super(8);
        this.model = model;
        getChildren().addAll(file(), problem(), found());
    }

    private Node file() {
        TextField file = new TextField();
        file.setId("add-file");
        file.setPromptText(TEXTS.text("add.file.prompt"));
        file.textProperty().bindBidirectional(model.fileProperty());
        HBox.setHgrow(file, Priority.ALWAYS);
        Button choose = Buttons.withIcon(Buttons.plain(TEXTS.text("add.file.choose"), this::choose), Feather.FILE);
        choose.setId("add-file-choose");
        HBox line = new HBox(8, file, choose);
        line.setAlignment(Pos.CENTER_LEFT);
        return new VBox(4, AddSourceSheet.labelled("add.file", file), line);
    }

    private void choose() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(TEXTS.text("add.file.choose"));
        File chosen = chooser.showOpenDialog(getScene().getWindow());
        if (chosen != null) {
            model.fileProperty().set(chosen.toString());
        }
    }

    private Node problem() {
        Label problem = Texts.wrapped("", "error-message");
        problem.textProperty().bind(model.problemProperty());
        HBox.setHgrow(problem, Priority.ALWAYS);
        HBox line = new HBox(8, Icons.of(Feather.ALERT_CIRCLE, "danger"), problem);
        line.setId("add-file-problem");
        line.visibleProperty().bind(problem.textProperty().isNotEmpty());
        line.managedProperty().bind(line.visibleProperty());
        return line;
    }

    private Node found() {
        VBox box = new VBox(4);
        box.setId("add-file-found");
        box.getStyleClass().add("card");
        model.listedProperty()
                .subscribe(listed -> box.getChildren()
                        .setAll(listed.map(ListedGuixCard::rows).orElse(List.of())));
        box.visibleProperty().bind(model.listedProperty().map(Optional::isPresent));
        box.managedProperty().bind(box.visibleProperty());
        return box;
    }

    private static List<Node> rows(ListedGuix listed) {
        List<Node> rows = new ArrayList<>();
        for (ListedGuixViewModel.Fact fact : ListedGuixViewModel.facts(listed)) {
            Label value = Texts.wrapped(fact.value(), "mono", "small");
            value.setId("listed-" + fact.id());
            rows.add(Texts.label(fact.label(), "muted"));
            rows.add(value);
        }
        for (String other : ListedGuixViewModel.leftOut(listed)) {
            rows.add(Texts.wrapped(other, "row-detail"));
        }
        return rows;
    }
}
