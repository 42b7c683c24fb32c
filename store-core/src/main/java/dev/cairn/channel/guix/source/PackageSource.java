// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.error.CairnException;
import java.util.List;

/**
 * Tells what packages of one revision of a channel propagate and which search paths they want, which a listing of the
 * channel does not say. Calls may block and are ended by interruption. Safe for use by several threads.
 */
public interface PackageSource {
    /** Knows only the search paths of well-known packages. */
    static PackageSource none(String why) {
        return (name, version, _) ->
                new Knowledge.Unknown(why, List.of(), SharedSearchPaths.ofPackage(name, version));
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
