// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.feature.settings.SettingsSection;
import dev.cairn.app.feature.settings.SettingsViewModel;
import dev.cairn.app.operation.Operations;
import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.shell.Navigator;
import dev.cairn.app.shell.Section;
import dev.cairn.app.shell.SheetHost;
import dev.cairn.app.shell.Theme;
import dev.cairn.app.shell.ToastsViewModel;
import dev.cairn.app.task.Tasks;
import java.util.List;
import javafx.beans.property.ObjectProperty;

/** The sections that the window has, each given what it needs and no more. */
final class Sections {
    private final SettingsViewModel settings;

    Sections(
            Backend backend,
            Tasks tasks,
            Operations operations,
            ProfileModel profile,
            ToastsViewModel toasts,
            Navigator navigator,
            ObjectProperty<Theme> theme) {
        settings = new SettingsViewModel(theme, backend.layout().root());
    }

    /** A new section is one more line here. */
    List<Section> all() {
        return List.of(new SettingsSection(settings));
    }

    void addSheets(SheetHost sheets) {
    }
}
