// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.settings;

import dev.cairn.app.shell.Section;
import dev.cairn.app.shell.SectionId;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/** The section at the lower end of the rail. */
public final class SettingsSection implements Section {
    private final SettingsViewModel model;

    public SettingsSection(SettingsViewModel model) {
        this.model = model;
    }

    @Override
    public SectionId id() {
        return SectionId.SETTINGS;
    }

    @Override
    public Ikon icon() {
        return Feather.SETTINGS;
    }

    @Override
    public Parent createView() {
        return new SettingsView(model);
    }
}
