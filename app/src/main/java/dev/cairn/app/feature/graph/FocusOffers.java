// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import dev.cairn.catalog.SearchHit;
import java.util.List;
import javafx.geometry.Side;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;

/** Offers packages under a text field while the user types; choosing one puts it in the middle of the graph. */
final class FocusOffers {
    private static final int MAX_OFFERS = 8;

    private final TextField field;
    private final GraphViewModel model;
    private final ContextMenu menu = new ContextMenu();

    FocusOffers(TextField field, GraphViewModel model) {
        this.field = field;
        this.model = model;
    }

    void install() {
        field.textProperty().subscribe((_, text) -> {
            if (text.isBlank() || !field.isFocused()) {
                menu.hide();
            } else {
                model.offer(text, MAX_OFFERS);
            }
        });
        model.offersProperty().subscribe(this::show);
        field.setOnAction(_ -> {
            List<SearchHit> offers = model.offersProperty().get();
            if (!offers.isEmpty()) {
                take(offers.getFirst());
            }
        });
    }

    private void show(List<SearchHit> offers) {
        menu.getItems().clear();
        for (SearchHit offer : offers) {
            MenuItem item = new MenuItem(offer.key().name() + "  " + offer.key().version());
            item.setMnemonicParsing(false);
            item.setOnAction(_ -> take(offer));
            menu.getItems().add(item);
        }
        if (offers.isEmpty() || !field.isFocused()) {
            menu.hide();
        } else if (!menu.isShowing()) {
            menu.show(field, Side.BOTTOM, 0, 4);
        }
    }

    private void take(SearchHit offer) {
        menu.hide();
        model.focus(offer.key());
        field.clear();
        field.getParent().requestFocus();
    }
}
