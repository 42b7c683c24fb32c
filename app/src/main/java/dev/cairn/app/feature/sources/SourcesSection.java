// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.sources;

import dev.cairn.app.shell.Section;
import dev.cairn.app.shell.SectionId;
import java.util.Optional;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/** The section with the channels. */
public final class SourcesSection implements Section {
    private final SourcesViewModel model;

    public SourcesSection(SourcesViewModel model) {
        this.model = model;
    }

    @Override
    public SectionId id() {
        return SectionId.SOURCES;
    }

    @Override
    public Ikon icon() {
        return Feather.DOWNLOAD_CLOUD;
    }

    @Override
    public Parent createView() {
        return new SourcesView(model);
    }

    @Override
    public void shown() {
        model.reload();
    }

    @Override
    public Optional<String> command() {
        return Optional.of("cairn pull");
    }
}
