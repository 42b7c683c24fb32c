// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Chip;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** One key: what it is called, its fingerprint, what it signs for, and what can be done with it. */
final class KeyCard extends VBox {
    private static final Messages TEXTS = Messages.of("trust");
    private static final int SHORT = 8;

    private KeyCard(SignerKey key, String title) {
        getStyleClass().addAll("card", "key-card");
        setId("key-" + key.fingerprint().substring(0, SHORT));
        HBox head = new HBox(
                8,
                Icons.of(Feather.KEY, "accent"),
                Texts.label(title, "row-title"),
                new Chip(key.kind(), Chip.Tone.NEUTRAL));
        head.setAlignment(Pos.CENTER_LEFT);
        Label fingerprint = Texts.wrapped(key.shownFingerprint(), "mono", "fingerprint");
        fingerprint.setAccessibleText(TEXTS.text("fingerprint", key.shownFingerprint()));
        getChildren().addAll(head, fingerprint);
    }

    /** @param servers whether any are asked, so that it matters which */
    static KeyCard believed(TrustViewModel model, TrustSnapshot.Believed believed, boolean servers) {
        KeyCard card = new KeyCard(believed.key(), TrustViewModel.called(believed.key(), believed.name()));
        if (believed.own()) {
            ((HBox) card.getChildren().getFirst()).getChildren().add(new Chip(TEXTS.text("key.own"), Chip.Tone.ACCENT));
        }
        if (!believed.servers().isEmpty()) {
            card.getChildren()
                    .add(Texts.wrapped(TEXTS.text("key.signs", String.join(", ", believed.servers())), "row-detail"));
        } else if (servers && !believed.own()) {
            card.getChildren().add(Texts.wrapped(TEXTS.text("key.unseen"), "row-detail"));
        }
        Button revoke = Buttons.plain(TEXTS.text("key.revoke"), () -> model.revoke(believed));
        revoke.getStyleClass().add("small");
        revoke.setId("revoke-" + believed.key().fingerprint().substring(0, SHORT));
        revoke.setAccessibleText(TEXTS.text("key.revoke.accessible", card.title()));
        revoke.disableProperty().bind(model.writableProperty().not());
        card.getChildren().add(actions(copy(believed.key()), revoke));
        return card;
    }

    static KeyCard own(SignerKey key) {
        KeyCard card = new KeyCard(key, TEXTS.text("own.title"));
        card.setId("own-key");
        card.getChildren().add(actions(copy(key)));
        return card;
    }

    private String title() {
        return ((Label) ((HBox) getChildren().getFirst()).getChildren().get(1)).getText();
    }

    private static Node actions(Button... buttons) {
        FlowPane actions = new FlowPane(8, 8, buttons);
        actions.setAlignment(Pos.CENTER_LEFT);
        return actions;
    }

    private static Button copy(SignerKey key) {
        Button copy = Buttons.withIcon(
                Buttons.plain(TEXTS.text("key.copy"), () -> {
                    ClipboardContent content = new ClipboardContent();
                    content.putString(key.text());
                    Clipboard.getSystemClipboard().setContent(content);
                }),
                Feather.COPY);
        copy.getStyleClass().add("small");
        return copy;
    }
}
