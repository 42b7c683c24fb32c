// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.definition;

import java.util.Optional;
import java.util.Set;

/**
 * Where the modules of a channel are.
 *
 * @param url of a Git repository
 * @param introduction from where on its commits are authenticated; empty where nobody said
 */
public record ChannelHome(String url, Optional<Introduction> introduction) {
    /** Guix's own. */
    public static final ChannelHome GUIX =
            new ChannelHome(ChannelDefinition.GUIX.url(), ChannelDefinition.GUIX.introduction());

    /** Addresses under which Guix's project serves, or served, one repository (services, section 0.2). */
    private static final Set<String> OF_GUIX = Set.of(
            ChannelDefinition.GUIX.url(),
            "https://git.savannah.gnu.org/git/guix.git",
            "https://codeberg.org/guix/guix.git");

    /** That of a channel. */
    public static ChannelHome of(ChannelDefinition channel) {
        return new ChannelHome(channel.url(), channel.introduction());
    }

    /** Where a repository is that somebody names: only Guix's own address says from where on it is authenticated. */
    public static ChannelHome at(String url) {
        return url.equals(GUIX.url) ? GUIX : new ChannelHome(url, Optional.empty());
    }

    /** Whether branches there are known to be those of another address. */
    public boolean hasBranchesOf(String address) {
        return url.equals(address) || OF_GUIX.contains(url) && OF_GUIX.contains(address);
    }
}
