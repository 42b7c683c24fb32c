// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.cairn.ui.theme.StyleSheets;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.Scene;
import javafx.util.Subscription;

/** Puts the light or the dark look on a scene and follows the user's choice and the desktop's preference. */
final class ThemeSwitch {
    private final Scene scene;
    private final ReadOnlyObjectProperty<Theme> theme;

    private ThemeSwitch(Scene scene, ReadOnlyObjectProperty<Theme> theme) {
        this.scene = scene;
        this.theme = theme;
    }

    /** @return ends that; the desktop would hold the scene for good */
    static Subscription install(Scene scene, ReadOnlyObjectProperty<Theme> theme) {
        ThemeSwitch looks = new ThemeSwitch(scene, theme);
        looks.apply();
        return theme.subscribe(looks::apply)
                .and(Platform.getPreferences().colorSchemeProperty().subscribe(looks::apply));
    }

    private void apply() {
        boolean dark = switch (theme.get()) {
            case LIGHT -> false;
            case DARK -> true;
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        };
        Application.setUserAgentStylesheet(
                dark ? new PrimerDark().getUserAgentStylesheetBSS() : new PrimerLight().getUserAgentStylesheetBSS());
        scene.getStylesheets().setAll(StyleSheets.of(dark));
    }
}
