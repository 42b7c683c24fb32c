// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.channel.guix.definition.ChannelMetadata;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.git.GitCache;
import dev.cairn.git.GitTree;
import java.io.IOException;
import java.util.Optional;

/**
 * What the modules of a channel say at some of its commits: read from a copy of its repository that lies in the cache.
 * Safe for use by several threads.
 */
public final class CheckoutSources {
    private static final int MAX_METADATA = 1 << 20;

    private final GitCache cache;
    private final String url;

    /** @param url of the channel's repository */
    public CheckoutSources(GitCache cache, String url) {
        this.cache = cache;
        this.url = url;
    }

    /** What is known at a commit that was fetched before; nobody is asked. The files stay open. */
    public PackageSource at(String commit) throws CairnException {
        Optional<GitTree> tree = cache.find(url, commit);
        return tree.isEmpty()
                ? PackageSource.none("the modules of commit " + commit + " were not fetched from '" + url + "'")
                : source(tree.get());
    }

    /** The same, fetched first where it was not before. */
    public PackageSource fetch(String commit, EventSink events) throws CairnException {
        try (Activities.Activity activity = new Activities(events).start(Event.Kind.DOWNLOAD, url)) {
            GitTree tree = cache.fetch(url, commit, (step, done, _) -> {
                if (done == 0) {
                    activity.phase(step);
                }
            });
            activity.finish();
            return source(tree);
        } catch (IOException e) {
            throw DaemonException.of("fetching '" + url + "'", e);
        }
    }

    private static PackageSource source(GitTree tree) throws CairnException {
        return new ModuleSource(files(tree));
    }

    /** The modules of a commit, which are where its {@code .guix-channel} says. */
    static ModuleFiles files(GitTree tree) throws CairnException {
        Optional<byte[]> stated = tree.file(ChannelMetadata.FILE, MAX_METADATA);
        String folder = stated.isEmpty() ? "" : ChannelMetadata.read(ModuleFiles.decode(stated.get())).folder();
        String prefix = folder.isEmpty() ? "" : folder + "/";
        return file -> {
            Optional<byte[]> octets = tree.file(prefix + file, ModuleFiles.MAX_LENGTH);
            return octets.isEmpty() ? Optional.empty() : Optional.of(ModuleFiles.decode(octets.get()));
        };
    }
}
