// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import java.util.Locale;

/** How a package stands to the profile; decides what its button does. */
enum PackageState {
    AVAILABLE,
    INSTALLED,
    /** Installed, and upgrading would change it. */
    UPGRADABLE;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
