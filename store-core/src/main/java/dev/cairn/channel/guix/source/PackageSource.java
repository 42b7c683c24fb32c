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

    /** Asks a second one for what this one does not know all of; what neither knows is what this one says. */
    default PackageSource or(PackageSource other) {
        return (name, version, location) -> switch (of(name, version, location)) {
            case Knowledge.Known known -> known;
            case Knowledge.Unknown unknown ->
                other.of(name, version, location) instanceof Knowledge.Known known ? known : unknown;
        };
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
