// SPDX-License-Identifier: Apache-2.0
package dev.cairn.layout;

import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.nio.file.Path;
import java.util.Map;

/**
 * The folders of one store. Names in the database, in derivations and in symlinks are always logical ({@code
 * /gnu/store/...}); the files are under a physical root, so that a store without root privileges holds the same paths
 * as any other (formats, section 0).
 *
 * @param storeDirectory the logical store
 * @param root the physical folder that stands for {@code /}; {@code /} itself for a system store
 * @param places where the daemon's own files are
 */
public record StoreLayout(StoreDirectory storeDirectory, Path root, Places places) {
    public StoreLayout {
        root = root.toAbsolutePath().normalize();
    }

    /** A store with everything where Guix has it below a root. */
    public StoreLayout(StoreDirectory storeDirectory, Path root) {
        this(storeDirectory, root, Places.GUIX);
    }

    /** The system-wide store: everything where Guix has it. */
    public static StoreLayout system() {
        return new StoreLayout(StoreDirectory.GNU, Path.of("/"));
    }

    /**
     * The store of a user without privileges: {@code $XDG_DATA_HOME/cairn}, by default {@code ~/.local/share/cairn}.
     *
     * @param environment the variables of the process
     */
    public static StoreLayout user(Map<String, String> environment) {
        String dataHome = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base = dataHome.startsWith("/")
                ? Path.of(dataHome)
                : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".local", "share");
        return new StoreLayout(StoreDirectory.GNU, base.resolve("cairn"));
    }

    /** Whether logical and physical names are the same. */
    public boolean isSystem() {
        return root.equals(Path.of("/"));
    }

    /** The file that a logical absolute name stands for. */
    public Path physical(String logical) {
        return root.resolve(logical.substring(1));
    }

    /** The file or directory of an item. */
    public Path physical(StorePath item) {
        return physicalStore().resolve(item.baseName());
    }

    /** The folder that holds the items. */
    public Path physicalStore() {
        return physical(storeDirectory.path());
    }

    /** The folder of hard links to files that occur more than once. */
    public Path links() {
        return physicalStore().resolve(".links");
    }

    /** What Cairn remembers of the store's large files; neither Guix nor Nix has it. */
    public Path largeFiles() {
        return state().resolve("cairn").resolve("large-files");
    }

    /** State of the daemon, usually {@code /var/guix}. */
    public Path state() {
        return physical(places.state());
    }

    /** The folder of the store database. */
    public Path database() {
        return physical(places.database());
    }

    /** Where garbage collection starts from. */
    public Path gcRoots() {
        return state().resolve("gcroots");
    }

    /** Files of roots that live as long as a process. */
    public Path tempRoots() {
        return state().resolve("temproots");
    }

    /** Profiles of all users. */
    public Path profiles() {
        return state().resolve("profiles");
    }

    /** Build logs and what else the daemon logs. */
    public Path logs() {
        return physical(places.logs());
    }

    /** Keys and access lists. */
    public Path configuration() {
        return physical(places.configuration());
    }

    /** The launchers of the current profile; only user stores have them. */
    public Path launchers() {
        return root.resolve("bin");
    }
}
