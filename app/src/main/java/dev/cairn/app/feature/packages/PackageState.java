// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.profile.UpgradesModel;
import java.util.Locale;

/** How a package stands to the profile; decides what its button does. */
enum PackageState {
    AVAILABLE,
    INSTALLED,
    /** Installed, and upgrading would change it. */
    UPGRADABLE,
    INSTALLING,
    UPGRADING,
    REMOVING;

    static PackageState of(String name, ProfileModel profile, UpgradesModel upgrades) {
        return profile.pending(name).map(pending -> of(pending.doing())).orElseGet(() -> {
            if (profile.installed().outputsOf(name).isEmpty()) {
                return AVAILABLE;
            }
            return upgrades.of(name).isPresent() ? UPGRADABLE : INSTALLED;
        });
    }

    private static PackageState of(ProfileModel.Doing doing) {
        return switch (doing) {
            case INSTALLING -> INSTALLING;
            case UPGRADING -> UPGRADING;
            case REMOVING -> REMOVING;
        };
    }

    /** Whether it is being changed, so that nothing can be done meanwhile. */
    boolean isPending() {
        return this == INSTALLING || this == UPGRADING || this == REMOVING;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
