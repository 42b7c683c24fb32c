// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import dev.cairn.app.format.ByteSizes;
import dev.cairn.app.profile.PackageFacts;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.ui.l10n.Messages;
import java.util.List;
import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;

/** What there is to know about a package in a few words each. */
final class FactsGrid extends GridPane {
    private static final Messages TEXTS = Messages.of("packages");

    /** Properties that are texts for people, in this order. */
    private static final List<String> PROPERTIES = List.of("section", "maintainer", "architecture", "source");

    /** Properties that are numbers of octets. */
    private static final List<String> SIZES = List.of("size", "installed-size");

    private final DetailsViewModel model;

    FactsGrid(DetailsViewModel model) {
        super(16, 8);
        this.model = model;
        setId("facts");
        getStyleClass().add("facts");
        model.shownProperty().subscribe(this::show);
        model.factsProperty().subscribe(this::show);
        model.sizesProperty().subscribe(this::show);
    }

    private void show() {
        getChildren().clear();
        model.shownProperty().get().ifPresent(details -> fill(details.definition(), model.factsProperty().get()));
    }

    private void fill(CatalogPackage definition, PackageFacts facts) {
        List<String> licenses = definition.licenses().isEmpty() ? facts.licenses() : definition.licenses();
        if (!licenses.isEmpty()) {
            fact("license", String.join(", ", licenses));
        }
        model.sizesProperty().get().forEach(size -> fact(size.key(), size.text()));
        SIZES.forEach(key -> size(definition, key).ifPresent(octets -> fact(key, ByteSizes.text(octets))));
        PROPERTIES.forEach(key -> Optional.ofNullable(definition.properties().get(key))
                .ifPresent(value -> fact(key, value)));
        fact("outputs", String.join(", ", definition.outputs()));
        fact("channel", definition.key().channel());
        definition.location().ifPresent(location -> fact("definition", location));
        definition.homePage().ifPresent(page -> fact("homepage", page));
    }

    private static Optional<Long> size(CatalogPackage definition, String key) {
        String text = definition.properties().get(key);
        return text != null && text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private void fact(String key, String value) {
        Label label = Texts.label(TEXTS.text("fact." + key), "muted");
        label.setMinWidth(USE_PREF_SIZE);
        addRow(getRowCount(), label, Texts.wrapped(value));
        setValignment(label, VPos.TOP);
    }
}
