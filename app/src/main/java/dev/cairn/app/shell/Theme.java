// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import java.util.Locale;

/** Which look the user wants. */
public enum Theme {
    /** What the desktop prefers. */
    SYSTEM,
    LIGHT,
    DARK;

    /** The name in lower case, for keys of texts and in saved state. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
