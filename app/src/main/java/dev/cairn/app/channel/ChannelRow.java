// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.channel;

import dev.cairn.channel.ChannelRevision;
import dev.cairn.channel.ChannelStatus;
import java.util.List;

/**
 * A channel that the user has, enabled or not.
 *
 * @param origin where it is or what it is fetched from, as the user would write it
 * @param priority where several channels have a package, that of the greatest number is meant
 * @param removable whether it can be taken off the list; the others can be disabled
 * @param packages how many it offers now, each name counted once
 * @param problems what is wrong in it, each in one line
 * @param revisions those that it keeps, by ascending number
 */
public record ChannelRow(
        String name,
        String origin,
        boolean enabled,
        int priority,
        boolean removable,
        ChannelStatus status,
        int packages,
        List<String> problems,
        List<ChannelRevision> revisions) {
    public ChannelRow {
        problems = List.copyOf(problems);
        revisions = List.copyOf(revisions);
    }

    /** A channel that keeps no revisions. */
    public ChannelRow(
            String name,
            String origin,
            boolean enabled,
            int priority,
            boolean removable,
            ChannelStatus status,
            int packages,
            List<String> problems) {
        this(name, origin, enabled, priority, removable, status, packages, problems, List.of());
    }

    /** Whether others build its packages, which are fetched as they are: so it is where a channel keeps revisions. */
    public boolean isPrebuilt() {
        return status.revision().isPresent();
    }

    /** Whether it could offer packages but has never been fetched. */
    public boolean waitsForFetching() {
        return enabled && status.fetches() && status.fetched().isEmpty();
    }
}
