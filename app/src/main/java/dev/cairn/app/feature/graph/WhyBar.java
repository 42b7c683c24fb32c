// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.controlsfx.control.BreadCrumbBar;

/** The shortest way between two nodes as bread crumbs; a click on one chooses that node. Hidden while there is none. */
final class WhyBar extends HBox {
    private final BreadCrumbBar<GraphNode> crumbs = new BreadCrumbBar<>();

    WhyBar(GraphViewModel model) {
        super(12);
        getStyleClass().add("why-bar");
        setId("graph-why");
        setAlignment(Pos.CENTER_LEFT);
        crumbs.setAutoNavigationEnabled(false);
        crumbs.setCrumbFactory(item -> new BreadCrumbBar.BreadCrumbButton(item.getValue().title()));
        crumbs.setOnCrumbAction(event -> model.choose(event.getSelectedCrumb().getValue()));
        ScrollPane scroll = new ScrollPane(crumbs);
        scroll.getStyleClass().add("plain");
        scroll.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFitToHeight(true);
        HBox.setHgrow(scroll, Priority.ALWAYS);
        Label title = Texts.label(Messages.of("graph").text("why.title"), "muted");
        title.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(title, scroll);
        managedProperty().bind(visibleProperty());
        model.whyProperty().subscribe(this::show);
    }

    private void show(List<GraphNode> way) {
        setVisible(!way.isEmpty());
        if (!way.isEmpty()) {
            crumbs.setSelectedCrumb(BreadCrumbBar.buildTreeModel(way.toArray(GraphNode[]::new)));
        }
    }
}
