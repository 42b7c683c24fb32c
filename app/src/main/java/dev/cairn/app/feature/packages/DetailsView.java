// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.EmptyState;
import dev.cairn.app.shell.component.ErrorState;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.Skeleton;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.ui.l10n.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** One package, from what most people want to know to what few do. */
final class DetailsView extends StackPane {
    private static final Messages TEXTS = Messages.of("packages");
    private static final int FIRST_NAMES = 12;

    private final DetailsViewModel model;
    private final Consumer<String> open;
    private final VBox page = new VBox();
    private final DetailsHeader header;
    private final OfferCard offer;
    private final RunCard run;
    private final NotesCard notes;
    private final FactsGrid facts;

    /** @param open shows another package */
    DetailsView(DetailsViewModel model, Consumer<String> open) {
        this.model = model;
        this.open = open;
        this.header = new DetailsHeader(model);
        this.offer = new OfferCard(model);
        this.run = new RunCard(model);
        this.notes = new NotesCard(model);
        this.facts = new FactsGrid(model);
        setId("details");
        getStyleClass().add("details");
        page.getStyleClass().add("details-page");
        ScrollPane scroll = new ScrollPane(page);
        scroll.getStyleClass().add("plain");
        scroll.setFitToWidth(true);
        scroll.visibleProperty().bind(model.shownProperty().map(Optional::isPresent));
        EmptyState nothing =
                new EmptyState(Feather.PACKAGE, TEXTS.text("details.none.title"), TEXTS.text("details.none.text"));
        nothing.visibleProperty()
                .bind(model.shownProperty().map(Optional::isEmpty).flatMap(empty -> model.failureProperty()
                        .map(failure -> empty && failure.isEmpty() && !model.loadingProperty().get())));
        getChildren().addAll(
                nothing,
                scroll,
                new ErrorState(model.failureProperty(), model::retry),
                new Skeleton(model.loadingProperty().and(scroll.visibleProperty().not())));
        setAlignment(Pos.TOP_LEFT);
        setAlignment(nothing, Pos.CENTER);
        model.shownProperty().subscribe(details -> details.ifPresent(found -> {
            show(found);
            scroll.setVvalue(0);
        }));
    }

    /** Moves the keyboard to the button that installs, upgrades or removes. */
    void focusAction() {
        header.focusAction();
    }

    private void show(DetailsViewModel.Details details) {
        CatalogPackage definition = details.definition();
        header.show(details);
        List<Node> parts = new ArrayList<>();
        parts.add(header);
        if (definition.impure()) {
            HBox notice = new HBox(
                    Icons.of(Feather.ALERT_TRIANGLE, "warning"), grow(Texts.wrapped(TEXTS.text("impure"))));
            notice.getStyleClass().addAll("notice", "notice-warning");
            parts.add(notice);
        }
        parts.add(offer);
        parts.add(run);
        parts.add(notes);
        parts.add(description(definition));
        parts.add(names(TEXTS.text("dependencies"), TEXTS.text("dependencies.none"), details.dependencies()));
        parts.add(names(TEXTS.text("dependents"), TEXTS.text("dependents.none"), details.dependents()));
        parts.add(facts);
        page.getChildren().setAll(parts);
    }

    private static Node description(CatalogPackage definition) {
        VBox text = new VBox(8, Texts.wrapped(definition.synopsis(), "synopsis"));
        for (String paragraph : definition.description().split("\n\n")) {
            if (!paragraph.isBlank()) {
                text.getChildren().add(Texts.wrapped(paragraph.strip().replaceAll("\\s+", " ")));
            }
        }
        return text;
    }

    private Node names(String title, String none, List<String> names) {
        VBox part = new VBox(4, Texts.heading(title));
        if (names.isEmpty()) {
            part.getChildren().add(Texts.label(none, "muted"));
            return part;
        }
        FlowPane links = new FlowPane(4, 4);
        links.getStyleClass().add("links");
        fill(links, names, FIRST_NAMES);
        part.getChildren().add(links);
        return part;
    }

    private void fill(FlowPane links, List<String> names, int most) {
        links.getChildren().clear();
        names.stream()
                .limit(most)
                .forEach(name -> links.getChildren().add(Buttons.link(name, () -> open.accept(name))));
        if (names.size() > most) {
            Button more = Buttons.link(TEXTS.text("more", names.size() - most), () -> fill(links, names, names.size()));
            more.getStyleClass().add("more");
            links.getChildren().add(more);
        }
    }

    private static <N extends Node> N grow(N node) {
        HBox.setHgrow(node, Priority.ALWAYS);
        return node;
    }
}
