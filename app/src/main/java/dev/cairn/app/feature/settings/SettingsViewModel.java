// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.settings;

import dev.cairn.app.shell.Theme;
import java.nio.file.Path;
import javafx.beans.property.ObjectProperty;

/** What can be chosen, and facts about this installation: where the store is. */
public final class SettingsViewModel {
    private final ObjectProperty<Theme> theme;
    private final Path store;

    /** @param store the physical root of the store */
    public SettingsViewModel(ObjectProperty<Theme> theme, Path store) {
        this.theme = theme;
        this.store = store;
    }

    public ObjectProperty<Theme> themeProperty() {
        return theme;
    }

    public Path store() {
        return store;
    }
}
