// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.ErrorState;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.PageHeader;
import dev.cairn.app.shell.component.Skeleton;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** What trust means, whose keys are believed, which servers are asked, and the store's own key. */
final class TrustView extends VBox {
    private static final Messages TEXTS = Messages.of("trust");

    private final TrustViewModel model;
    private final VBox keys = new VBox(12);
    private final VBox own = new VBox(12);
    private final Label why = Texts.wrapped("");
    private final HBox readOnly = new HBox(12, Icons.of(Feather.LOCK, "warning"), why);
    private final Node servers;
    private Optional<TrustSnapshot> before = Optional.empty();

    TrustView(TrustViewModel model) {
        this.model = model;
        getStyleClass().add("page");
        keys.setId("trust-keys");
        own.setId("trust-own");
        readOnly.setId("trust-read-only");
        readOnly.getStyleClass().addAll("notice", "notice-warning");
        HBox.setHgrow(why, Priority.ALWAYS);
        readOnly.managedProperty().bind(readOnly.visibleProperty());
        servers = part("servers", new ServersView(model));
        servers.managedProperty().bind(servers.visibleProperty());
        VBox body = new VBox(24, readOnly, about(), part("keys", keys), servers, part("own", own));
        body.getStyleClass().addAll("page-body", "trust");
        ScrollPane scroll = new ScrollPane(body);
        scroll.setId("trust-scroll");
        scroll.getStyleClass().add("plain");
        scroll.setFitToWidth(true);
        scroll.visibleProperty().bind(model.shownProperty().map(Optional::isPresent));
        StackPane pane = new StackPane(
                scroll,
                new Skeleton(model.loadingProperty()),
                new ErrorState(model.failureProperty(), model::reload));
        pane.setAlignment(Pos.TOP_LEFT);
        VBox.setVgrow(pane, Priority.ALWAYS);
        Button add = Buttons.withIcon(Buttons.primary(TEXTS.text("add"), model::add), Feather.PLUS);
        add.setId("trust-add");
        add.disableProperty().bind(model.writableProperty().not());
        getChildren().addAll(new PageHeader(TEXTS.text("title"), model.subtitleProperty(), add), pane);
        model.shownProperty().subscribe(shown -> shown.ifPresent(this::show));
    }

    private static Node about() {
        Label text = Texts.wrapped(TEXTS.text("about"));
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox box = new HBox(12, Icons.of(Feather.INFO, "accent"), text);
        box.getStyleClass().add("notice");
        box.getStyleClass().add("trust-about");
        return box;
    }

    private static VBox part(String key, Node contents) {
        VBox part = new VBox(
                8, Texts.heading(TEXTS.text(key)), Texts.wrapped(TEXTS.text(key + ".about"), "row-detail"), contents);
        part.getStyleClass().add("trust-part");
        return part;
    }

    private void show(TrustSnapshot snapshot) {
        readOnly.setVisible(snapshot.access() instanceof TrustSnapshot.Access.ReadOnly);
        if (snapshot.access() instanceof TrustSnapshot.Access.ReadOnly(String reason)) {
            why.setText(reason);
        }
        servers.setVisible(snapshot.servers().isPresent());
        // What stays as it is keeps the keyboard, if that is there.
        if (before.isEmpty()
                || !before.get().keys().equals(snapshot.keys())
                || hasServers(before.get()) != hasServers(snapshot)) {
            keys.getChildren().setAll(keys(snapshot));
        }
        if (before.isEmpty() || !before.get().own().equals(snapshot.own())) {
            own.getChildren().setAll(own(snapshot));
        }
        before = Optional.of(snapshot);
    }

    private static boolean hasServers(TrustSnapshot snapshot) {
        return snapshot.servers().filter(urls -> !urls.isEmpty()).isPresent();
    }

    private List<Node> keys(TrustSnapshot snapshot) {
        if (snapshot.keys().isEmpty()) {
            return List.of(Texts.wrapped(TEXTS.text("keys.unknown"), "muted"));
        }
        if (snapshot.keys().get().isEmpty()) {
            return List.of(nobody());
        }
        boolean anyServer = hasServers(snapshot);
        List<Node> cards = new ArrayList<>();
        for (TrustSnapshot.Believed believed : snapshot.keys().get()) {
            cards.add(KeyCard.believed(model, believed, anyServer));
        }
        return cards;
    }

    private static Node nobody() {
        VBox text = new VBox(
                4,
                Texts.label(TEXTS.text("keys.none.title"), "row-title"),
                Texts.wrapped(TEXTS.text("keys.none.text"), "row-detail"));
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox box = new HBox(16, Icons.of(Feather.SHIELD, "muted"), text);
        box.getStyleClass().add("card");
        return box;
    }

    private List<Node> own(TrustSnapshot snapshot) {
        if (snapshot.own().isPresent()) {
            return List.of(KeyCard.own(snapshot.own().get()));
        }
        Button make = Buttons.withIcon(Buttons.plain(TEXTS.text("own.make"), model::makeOwnKey), Feather.KEY);
        make.setId("trust-make-key");
        make.disableProperty().bind(model.writableProperty().not());
        HBox line = new HBox(12, Texts.label(TEXTS.text("own.none"), "muted"), make);
        line.setAlignment(Pos.CENTER_LEFT);
        return List.of(line);
    }
}
