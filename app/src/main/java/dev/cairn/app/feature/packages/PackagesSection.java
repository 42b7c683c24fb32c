// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import dev.cairn.app.shell.Intent;
import dev.cairn.app.shell.Section;
import dev.cairn.app.shell.SectionId;
import java.util.Optional;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/** The section that the window opens with. */
public final class PackagesSection implements Section {
    private final PackagesViewModel model;
    private @Nullable PackagesView view;

    public PackagesSection(PackagesViewModel model) {
        this.model = model;
    }

    @Override
    public SectionId id() {
        return SectionId.PACKAGES;
    }

    @Override
    public Ikon icon() {
        return Feather.PACKAGE;
    }

    @Override
    public Parent createView() {
        PackagesView made = new PackagesView(model);
        view = made;
        return made;
    }

    @Override
    public void shown() {
        model.start();
    }

    @Override
    public void refresh() {
        model.search();
    }

    @Override
    public void open(Intent intent) {
        if (intent instanceof Intent.ShowPackage(String name)) {
            model.open(name);
        }
    }

    @Override
    public boolean search() {
        if (view != null) {
            view.focusSearch();
        }
        return true;
    }

    @Override
    public Optional<String> command() {
        return model.details().command();
    }
}
