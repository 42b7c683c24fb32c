// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.channel.guix.definition.ChannelHome;
import java.util.Optional;

/**
 * How modules are to be fetched.
 *
 * @param place where from; where each channel says, if empty
 * @param downgrades whether commits may be ones that do not follow those that were used last
 * @param unauthenticated whether nobody has to have signed them
 */
public record ModulesWish(Optional<ChannelHome> place, boolean downgrades, boolean unauthenticated) {
    /** Where modules are fetched from. @param own where those of the channel are, where that is known */
    Optional<ChannelHome> home(Optional<ChannelHome> own) {
        Optional<ChannelHome> chosen = place.isPresent() && !isOf(own) ? place : own;
        return unauthenticated ? chosen.map(home -> new ChannelHome(home.url(), Optional.empty())) : chosen;
    }

    /** Whether the channel knows more of the place that is asked for. */
    private boolean isOf(Optional<ChannelHome> own) {
        return place.get().introduction().isEmpty()
                && own.filter(home -> home.url().equals(place.get().url())).isPresent();
    }
}
