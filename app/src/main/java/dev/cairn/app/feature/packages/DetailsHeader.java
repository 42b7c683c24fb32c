// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Monogram;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.catalog.PackageKey;
import dev.cairn.ui.l10n.Messages;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;

/** Name, version, one line on what it means, and what can be done. */
final class DetailsHeader extends VBox {
    private static final Messages TEXTS = Messages.of("packages");

    private final DetailsViewModel model;
    private final Monogram monogram = new Monogram(56);
    private final Label name = Texts.wrapped("", "page-title");
    private final ComboBox<PackageKey> versions = new ComboBox<>();
    private final Label version = Texts.label("", "row-version");
    private final FlowPane actions = new FlowPane(8, 8);

    DetailsHeader(DetailsViewModel model) {
        this.model = model;
        getStyleClass().add("details-header");
        monogram.getStyleClass().add("large");
        Label meaning = Texts.wrapped("", "page-subtitle");
        meaning.setId("meaning");
        meaning.textProperty().bind(model.meaningProperty());
        VBox text = new VBox(2, name, meaning);
        text.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox first = new HBox(16, monogram, text);
        first.setAlignment(Pos.CENTER_LEFT);
        versions.setId("versions");
        versions.setAccessibleText(TEXTS.text("version.choose"));
        versions.setConverter(new VersionText());
        versions.setOnAction(_ -> choose());
        actions.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(first, actions);
        model.stateProperty().subscribe((_, _) -> rebuildActions());
        model.changingProperty().subscribe((_, _) -> rebuildActions());
    }

    void show(DetailsViewModel.Details details) {
        monogram.show(details.definition().name());
        name.setText(details.definition().name());
        version.setText(TEXTS.text("version", details.definition().version()));
        versions.setOnAction(null);
        versions.getItems().setAll(details.versions());
        versions.setValue(details.definition().key());
        versions.setOnAction(_ -> choose());
        rebuildActions();
    }

    void focusAction() {
        actions.getChildren().stream()
                .filter(Button.class::isInstance)
                .findFirst()
                .ifPresent(Node::requestFocus);
    }

    private void choose() {
        if (versions.getValue() != null) {
            model.show(versions.getValue());
        }
    }

    private void rebuildActions() {
        List<Node> nodes = new ArrayList<>();
        switch (model.stateProperty().get()) {
            case AVAILABLE -> nodes.add(named("install", Buttons.primary(TEXTS.text("install"), model::install)));
            case UPGRADABLE -> {
                nodes.add(named("upgrade", Buttons.primary(TEXTS.text("upgrade"), model::upgrade)));
                nodes.add(named("remove", Buttons.plain(TEXTS.text("remove"), model::remove)));
            }
            case INSTALLED -> {
                if (!model.shownVersionInstalled()) {
                    nodes.add(named("install", Buttons.primary(TEXTS.text("install.version"), model::install)));
                }
                nodes.add(named("remove", Buttons.plain(TEXTS.text("remove"), model::remove)));
            }
            case INSTALLING, UPGRADING, REMOVING -> nodes.addAll(changing(model.stateProperty().get()));
        }
        nodes.add(versions.getItems().size() > 1 ? versions : version);
        if (model.canShowGraph()) {
            nodes.add(named(
                    "show-graph",
                    Buttons.withIcon(Buttons.plain(TEXTS.text("graph"), model::showGraph), Feather.SHARE_2)));
        }
        actions.getChildren().setAll(nodes);
    }

    /** The button stays where it was, and says what it does while it does it. */
    private List<Node> changing(PackageState state) {
        Button doing = named("changing", Buttons.primary(TEXTS.text("row." + state.key()), () -> {}));
        doing.setDisable(true);
        return model.changingProperty().get()
                .<List<Node>>map(operation -> {
                    ProgressBar progress = new ProgressBar();
                    progress.getStyleClass().add("details-progress");
                    progress.progressProperty().bind(operation.progressProperty());
                    progress.setAccessibleText(operation.title());
                    HBox line = new HBox(
                            8, doing, progress, named("cancel", Buttons.link(TEXTS.text("cancel"), operation::cancel)));
                    line.setAlignment(Pos.CENTER_LEFT);
                    return List.of(line);
                })
                .orElse(List.of(doing));
    }

    private static Button named(String id, Button button) {
        button.setId("details-" + id);
        return button;
    }

    private static final class VersionText extends StringConverter<PackageKey> {
        @Override
        public String toString(PackageKey key) {
            return key == null ? "" : TEXTS.text("version", key.version());
        }

        @Override
        public PackageKey fromString(String text) {
            throw new UnsupportedOperationException("versions are chosen, not typed");
        }
    }
}
