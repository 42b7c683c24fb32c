// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import dev.cairn.app.shell.Intent;
import dev.cairn.app.shell.Navigator;
import dev.cairn.app.shell.Section;
import dev.cairn.app.shell.SectionId;
import dev.cairn.path.StorePath;
import java.util.Optional;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/** The dependency graph as a section of the window. */
public final class GraphSection implements Section {
    private final GraphViewModel model;
    private final Navigator navigator;
    private @Nullable GraphView view;

    public GraphSection(GraphViewModel model, Navigator navigator) {
        this.model = model;
        this.navigator = navigator;
    }

    @Override
    public SectionId id() {
        return SectionId.GRAPH;
    }

    @Override
    public Ikon icon() {
        return Feather.SHARE_2;
    }

    @Override
    public Parent createView() {
        view = new GraphView(model, name -> navigator.show(new Intent.ShowPackage(name)));
        return view;
    }

    @Override
    public void shown() {
        model.focusInitially();
    }

    @Override
    public void refresh() {
        model.refresh();
    }

    @Override
    public void open(Intent intent) {
        if (intent instanceof Intent.ShowGraph(String name, Optional<StorePath> item)) {
            model.focusPackage(name, item);
        }
    }

    @Override
    public boolean search() {
        if (view != null) {
            view.search();
        }
        return true;
    }

    @Override
    public Optional<String> command() {
        return model.focusedPackage().map(name -> "cairn graph " + name);
    }
}
