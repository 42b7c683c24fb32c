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

    private final CatalogPackage definition;

    FactsGrid(DetailsViewModel model, CatalogPackage definition) {
        super(16, 8);
        this.definition = definition;
        getStyleClass().add("facts");
        model.factsProperty().subscribe(this::show);
    }

    private void show(PackageFacts facts) {
        getChildren().clear();
        List<String> licenses = definition.licenses().isEmpty() ? facts.licenses() : definition.licenses();
        if (!licenses.isEmpty()) {
            fact("license", String.join(", ", licenses));
        }
        SIZES.forEach(key -> size(key).ifPresent(octets -> fact(key, ByteSizes.text(octets))));
        PROPERTIES.forEach(key -> Optional.ofNullable(definition.properties().get(key))
                .ifPresent(value -> fact(key, value)));
        fact("outputs", String.join(", ", definition.outputs()));
        fact("channel", definition.key().channel());
        definition.location().ifPresent(location -> fact("definition", location));
        definition.homePage().ifPresent(page -> fact("homepage", page));
    }

    private Optional<Long> size(String key) {
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
