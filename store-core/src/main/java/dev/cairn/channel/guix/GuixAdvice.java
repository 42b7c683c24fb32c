// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.channel.ChannelException;
import java.util.Optional;

/** What to tell people who want packages that cannot be had just so. */
record GuixAdvice(GuixSource source) {
    /** Where to get packages from; empty where nobody said. */
    private String servers() {
        return source.servers().isEmpty()
                ? "Name one with --substitute-urls=URL."
                : "Name one with --substitute-urls, as in --substitute-urls='" + String.join(" ", source.servers())
                        + "', and trust its key: 'cairn archive --authorize' takes it.";
    }

    /** No server of substitutes is known at all. */
    ChannelException.Unsatisfiable noServers(String label) {
        return new ChannelException.Unsatisfiable(
                "'" + label + "' cannot be fetched: no server of substitutes is known, or none that is trusted",
                Optional.of(servers()));
    }

    /** Nobody offers the package, and nobody knows how it is built. */
    ChannelException.Unsatisfiable nowhere(String label) {
        return new ChannelException.Unsatisfiable(
                "no server of substitutes that is trusted offers '" + label
                        + "', and '" + source.service() + "' does not tell its derivation",
                Optional.of(servers()));
    }

    /** A package is built because nobody offers it. */
    String built(String label) {
        return "No server of substitutes that is trusted offers '" + label + "': it would be built here, from its"
                + " derivation and all that this needs. Derivations come from servers of substitutes too: "
                + source.service() + " is one, to be named with --derivation-substitute-urls.";
    }

    /** There may be more to a package than is known. */
    static String unknown(String label, String place, String why) {
        return "What '" + label + "' (" + place + ") brings along is not known: " + why
                + ". Install what it misses by name.";
    }
}
