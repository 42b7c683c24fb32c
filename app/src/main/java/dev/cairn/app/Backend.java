// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.channel.ChannelActions;
import dev.cairn.app.feature.trust.ServerQuestions;
import dev.cairn.app.feature.trust.StoreTrust;
import dev.cairn.app.feature.trust.TrustActions;
import dev.cairn.app.profile.ProfileActions;
import dev.cairn.app.profile.StoreProfileActions;
import dev.cairn.app.task.Source;
import dev.cairn.app.task.Work;
import dev.cairn.catalog.Catalog;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import dev.cairn.substitute.LastSigners;

/**
 * What the window works on: one store, for good. Everything is opened when first needed and away from the user
 * interface's thread; tests put in what lives in memory. The window that works on it closes it.
 *
 * @param greeting finds out whether the store can be reached
 * @param stores the way to another store
 * @param closing closes what was opened
 */
public record Backend(
        StoreLayout layout,
        Source<Catalog> catalog,
        Source<Daemon> daemon,
        ChannelActions channels,
        ProfileActions profile,
        TrustActions trust,
        Work<Boolean> greeting,
        StoreChoice stores,
        Closing closing)
        implements AutoCloseable {
    /** How to close what was opened. */
    @FunctionalInterface
    public interface Closing {
        void close() throws CairnException;
    }

    /** The parts that the command line works on too. */
    public static Backend of(Workspace workspace) {
        TrustActions trust = new StoreTrust(
                workspace.layout(),
                workspace.daemonAddress(),
                new LastSigners(workspace.layout())::of,
                new ServerQuestions(workspace.proxies()),
                workspace::serversChanged);
        return new Backend(
                workspace.layout(),
                workspace::catalog,
                workspace::daemon,
                new WindowChannels(workspace, trust),
                new StoreProfileActions(
                        workspace.profile(), workspace::transactions, workspace::daemon, workspace::followProfile),
                trust,
                () -> greet(workspace),
                new WorkspaceChoice(workspace),
                workspace::close);
    }

    /** The store of this process is always there, and need not be opened for that. */
    private static boolean greet(Workspace workspace) throws CairnException {
        if (workspace.daemonAddress().isPresent()) {
            workspace.daemon().pathFromHashPart("0".repeat(StorePath.HASH_LENGTH));
        }
        return true;
    }

    @Override
    public void close() throws CairnException {
        closing.close();
    }
}
