// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell.component;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** Icons, coloured and sized by the style sheet. */
public final class Icons {
    private Icons() {}

    /** An icon that says nothing a text beside it does not say; screen readers skip it. */
    public static FontIcon of(Ikon ikon, String... styleClasses) {
        FontIcon icon = new FontIcon(ikon);
        icon.getStyleClass().addAll(styleClasses);
        icon.setFocusTraversable(false);
        return icon;
    }
}
