// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import java.nio.file.Path;
import java.util.Map;

/**
 * A user's folders for what Cairn keeps outside the store (XDG Base Directory Specification).
 *
 * @param cache what can be made again: the catalog
 * @param configuration what the user chose: channels, settings
 * @param state the log, reports of defects, where the window was
 */
public record Folders(Path cache, Path configuration, Path state) {
    private static final String OWN = "cairn";

    /** @param environment the variables of the process; a variable that is not an absolute name does not count */
    public static Folders of(Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        return new Folders(
                folder(environment, "XDG_CACHE_HOME", home.resolve(".cache")),
                folder(environment, "XDG_CONFIG_HOME", home.resolve(".config")),
                folder(environment, "XDG_STATE_HOME", home.resolve(".local").resolve("state")));
    }

    private static Path folder(Map<String, String> environment, String variable, Path otherwise) {
        String value = environment.getOrDefault(variable, "");
        return (value.startsWith("/") ? Path.of(value) : otherwise).resolve(OWN);
    }
}
