// SPDX-License-Identifier: Apache-2.0
package dev.cairn.layout;

/**
 * Where a daemon's own files are: logical absolute names, below the same physical root as the store. Guix and Nix have
 * the same files in different folders, and both let variables name others (daemon, section 15).
 *
 * @param state what holds profiles, roots and locks
 * @param database the folder of the store database
 * @param logs the folder above that of build logs
 * @param configuration the folder of keys and access lists
 * @param schema the version of the database's tables, if it is made anew
 */
public record Places(String state, String database, String logs, String configuration, int schema) {
    /** The version of the tables that Guix has. */
    public static final int GUIX_SCHEMA = 7;

    /** The version of the tables that Nix has: Guix's, and why items may be trusted. */
    public static final int NIX_SCHEMA = 10;

    /** Where Guix has them. */
    public static final Places GUIX =
            new Places("/var/guix", "/var/guix/db", "/var/log/guix", "/etc/guix", GUIX_SCHEMA);

    /** Where Nix has them. */
    public static final Places NIX =
            new Places("/nix/var/nix", "/nix/var/nix/db", "/nix/var/log/nix", "/etc/nix", NIX_SCHEMA);

    public Places {
        for (String place : new String[] {state, database, logs, configuration}) {
            if (!place.startsWith("/")) {
                throw new IllegalArgumentException("'" + place + "' is not absolute");
            }
        }
    }

    /** Whether the store is of Nix's kind, which keeps why items may be trusted, rather than of Guix's. */
    public boolean isNix() {
        return schema == NIX_SCHEMA;
    }
}
