// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.channel.ChannelStatus;
import java.util.Optional;

/**
 * A channel on the user's list, and how it stands with it.
 *
 * @param location a folder, lines of {@code sources.list}, or words for what is there by itself
 * @param problem why it can offer nothing
 */
public record ChannelInfo(ChannelEntry entry, String location, ChannelStatus status, Optional<String> problem) {}
