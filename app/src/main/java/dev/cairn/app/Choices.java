// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    private static final String ROOT = "--store-root";
    private static final String PROFILE = "--profile";
    private static final String DAEMON = "--daemon";
    private static final Set<String> OPTIONS = Set.of(ROOT, PROFILE, DAEMON);

    /** Without a daemon, unless the user's settings name one. */
    public Choices(Optional<Path> storeRoot, Optional<Path> profile) {
        this(storeRoot, profile, Optional.empty());
    }

    /**
     * What the arguments of a window say.
     *
     * @return nothing where an argument is none of {@code --daemon=}, {@code --store-root=} and {@code --profile=}, so
     *     that a command is meant
     */
    static Optional<Choices> ofWindow(List<String> arguments) {
        Map<String, String> said = new HashMap<>();
        for (String argument : arguments) {
            int end = argument.indexOf('=');
            if (end < 0 || end + 1 == argument.length() || !OPTIONS.contains(argument.substring(0, end))) {
                return Optional.empty();
            }
            said.put(argument.substring(0, end), argument.substring(end + 1));
        }
        return Optional.of(new Choices(
                Optional.ofNullable(said.get(ROOT)).map(Path::of),
                Optional.ofNullable(said.get(PROFILE)).map(Path::of),
                Optional.ofNullable(said.get(DAEMON))));
    }

    /** What {@code CAIRN_STORE_ROOT} says, where nothing else was said. */
    public Choices orEnvironment(Map<String, String> environment) {
        Optional<Path> root = storeRoot.or(() -> Optional.ofNullable(environment.get("CAIRN_STORE_ROOT"))
                .filter(value -> !value.isEmpty())
                .map(Path::of));
        return new Choices(root, profile, daemon);
    }
}
