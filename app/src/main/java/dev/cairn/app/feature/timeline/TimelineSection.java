// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import dev.cairn.app.shell.Intent;
import dev.cairn.app.shell.Section;
import dev.cairn.app.shell.SectionId;
import java.util.Optional;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/** The timeline as a section of the window. */
public final class TimelineSection implements Section {
    private final TimelineViewModel model;

    public TimelineSection(TimelineViewModel model) {
        this.model = model;
    }

    @Override
    public SectionId id() {
        return SectionId.TIMELINE;
    }

    @Override
    public Ikon icon() {
        return Feather.CLOCK;
    }

    @Override
    public Parent createView() {
        return new TimelineView(model);
    }

    @Override
    public void shown() {
        model.refresh();
    }

    @Override
    public void refresh() {
        model.refresh();
    }

    @Override
    public void open(Intent intent) {
        if (intent instanceof Intent.ShowGeneration(int number)) {
            model.selectNumber(number);
        }
    }

    @Override
    public Optional<String> command() {
        return model.selectedProperty().get().map(row -> "cairn switch-generation " + row.number());
    }
}
