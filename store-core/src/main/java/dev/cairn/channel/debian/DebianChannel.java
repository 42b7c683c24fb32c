// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.catalog.ChannelContents;
import dev.cairn.channel.Channel;
import dev.cairn.channel.ChannelStatus;
import dev.cairn.channel.Resolver;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import java.nio.file.Path;

/**
 * One or more suites of archives as a channel. What was fetched and verified lies in a folder of the channel's own, one
 * sub-folder a revision; the current one is replaced as a whole. Safe for use by several threads and processes.
 */
public final class DebianChannel implements Channel {
    private final String name;
    private final int priority;
    private final Path folder;
    private final ArchiveSources sources;
    private final DebianResolver resolver;

    /**
     * @param folder the channel's own; made when first fetched
     * @param resolver shared by all channels of this kind
     */
    public DebianChannel(
            String name, int priority, Path folder, ArchiveSources sources, DebianResolver resolver) {
        this.name = name;
        this.priority = priority;
        this.folder = folder;
        this.sources = sources;
        this.resolver = resolver;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int priority() {
        return priority;
    }

    @Override
    public Resolver resolver() {
        return resolver;
    }

    @Override
    public String fingerprint() {
        throw new UnsupportedOperationException(folder + " " + sources);
    }

    @Override
    public ChannelContents read(EventSink events) throws CairnException {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean refresh(EventSink events) throws CairnException {
        throw new UnsupportedOperationException();
    }

    @Override
    public ChannelStatus status() throws CairnException {
        throw new UnsupportedOperationException();
    }
}
