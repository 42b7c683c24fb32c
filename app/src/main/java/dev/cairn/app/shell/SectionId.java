// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import java.util.Locale;

/** The sections a window can have, in the order of the navigation rail and of the keys Ctrl+1 to Ctrl+9. */
public enum SectionId {
    PACKAGES,
    INSTALLED,
    UPDATES,
    GRAPH,
    TIMELINE,
    STORAGE,
    SOURCES,
    TRUST,
    SETTINGS;

    /** The name in lower case, for keys of texts and in saved state. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
