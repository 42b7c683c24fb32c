// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.error.CairnException;

/**
 * Tells what packages of one revision of a channel propagate and which search paths they want, which a listing of the
 * channel does not say. Calls may block and are ended by interruption. Safe for use by several threads.
 */
public interface PackageSource {
    /** Knows nothing of any package. */
    static PackageSource none(String why) {
        return (_, _, _) -> new Knowledge.Unknown(why);
    }

    /**
     * What is known of a package. What cannot be read is told by {@link Knowledge.Unknown}; it is no failure.
     *
     * @param name of the package
     * @param version in full
     * @param location where the package is defined, as the listing says
     * @throws CairnException when the source itself cannot be used: files are missing or damaged, or a server fails
     */
    Knowledge of(String name, String version, Location location) throws CairnException;
}
