// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import dev.cairn.app.shell.Intent;
import dev.cairn.app.shell.Section;
import dev.cairn.app.shell.SectionId;
import java.util.Optional;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/** The storage dashboard as a section of the window. */
public final class StorageSection implements Section {
    private final StorageViewModel model;

    public StorageSection(StorageViewModel model) {
        this.model = model;
    }

    @Override
    public SectionId id() {
        return SectionId.STORAGE;
    }

    @Override
    public Ikon icon() {
        return Feather.PIE_CHART;
    }

    @Override
    public Parent createView() {
        return new StorageView(model);
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
        if (intent instanceof Intent.DeleteGeneration(int number)) {
            model.markNumber(number);
        }
    }

    @Override
    public boolean undo() {
        return model.undo();
    }

    @Override
    public Optional<String> command() {
        return Optional.of("cairn gc");
    }
}
