// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.channel;

import dev.cairn.channel.ChannelRevision;

/** That everything is looked at as one channel was at another revision, and nothing else. */
public record Past(String channel, ChannelRevision revision) {}
