// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which store and which profile to work with, where that is not the user's own.
 *
 * @param storeRoot the physical folder that stands for {@code /}; {@code /} itself for the system-wide store
 * @param profile the name of another profile
 * @param daemon where a daemon listens that is worked with instead of the store of this process; {@code none} for none
 */
public record Choices(Optional<Path> storeRoot, Optional<Path> profile, Optional<String> daemon) {
    /** The user's own store and profile. */
    public static final Choices NONE = new Choices(Optional.empty(), Optional.empty());

    /** Without a daemon, unless the user's settings name one. */
    public Choices(Optional<Path> storeRoot, Optional<Path> profile) {
        this(storeRoot, profile, Optional.empty());
    }

    /** What {@code CAIRN_STORE_ROOT} says, where nothing else was said. */
    public Choices orEnvironment(Map<String, String> environment) {
        Optional<Path> root = storeRoot.or(() -> Optional.ofNullable(environment.get("CAIRN_STORE_ROOT"))
                .filter(value -> !value.isEmpty())
                .map(Path::of));
        return new Choices(root, profile, daemon);
    }
}
