// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.channel.guix.definition.ChannelHome;
import java.util.OptionalInt;

/**
 * The modules of a channel that were fetched.
 *
 * @param home where they are from
 * @param authenticated how many commits were found to be authentic for that, beside those that were known to be; empty
 *     where nobody said from where on commits are authenticated, so that nothing was
 */
public record FetchedModules(String channel, ChannelHome home, String commit, OptionalInt authenticated) {}
