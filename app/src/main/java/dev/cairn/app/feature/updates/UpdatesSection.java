// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.updates;

import dev.cairn.app.shell.Section;
import dev.cairn.app.shell.SectionId;
import java.util.Optional;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/** The section with what can be upgraded. */
public final class UpdatesSection implements Section {
    private final UpdatesViewModel model;

    public UpdatesSection(UpdatesViewModel model) {
        this.model = model;
    }

    @Override
    public SectionId id() {
        return SectionId.UPDATES;
    }

    @Override
    public Ikon icon() {
        return Feather.ARROW_UP_CIRCLE;
    }

    @Override
    public Parent createView() {
        return new UpdatesView(model);
    }

    @Override
    public void shown() {
        model.shown();
    }

    @Override
    public void refresh() {
        model.check();
    }

    @Override
    public Optional<String> command() {
        return Optional.of("cairn upgrade");
    }
}
