// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.channel.ChannelActions;
import dev.cairn.app.profile.ProfileActions;
import dev.cairn.app.profile.StoreProfileActions;
import dev.cairn.app.task.Source;
import dev.cairn.catalog.Catalog;
import dev.cairn.daemon.Daemon;
import dev.cairn.layout.StoreLayout;

/**
 * What the window works on. Everything is opened when first needed and away from the user interface's thread; tests put
 * in what lives in memory.
 */
public record Backend(
        StoreLayout layout,
        Source<Catalog> catalog,
        Source<Daemon> daemon,
        ChannelActions channels,
        ProfileActions profile) {
    /** The parts that the command line works on too. */
    public static Backend of(Workspace workspace) {
        return new Backend(
                workspace.layout(),
                workspace::catalog,
                workspace::daemon,
                new WindowChannels(workspace),
                new StoreProfileActions(workspace.profile(), workspace::transactions, workspace::followProfile));
    }
}
