// SPDX-License-Identifier: Apache-2.0
package dev.cairn.ui.theme;

import java.net.URL;
import java.util.List;
import java.util.Objects;

/** Where the style sheets are. */
public final class StyleSheets {
    private StyleSheets() {}

    /** The sheets of the light or the dark look, in the order in which they go onto a scene. */
    public static List<String> of(boolean dark) {
        return List.of(sheet(dark ? "dark" : "light"), sheet("cairn"), sheet("sections"));
    }

    private static String sheet(String name) {
        URL url = StyleSheets.class.getResource(name + ".css");
        return Objects.requireNonNull(url, () -> name + ".css is missing").toExternalForm();
    }
}
