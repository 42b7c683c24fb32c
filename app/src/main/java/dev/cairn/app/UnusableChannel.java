// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.ChannelContents;
import dev.cairn.channel.Channel;
import dev.cairn.channel.ChannelException;
import dev.cairn.channel.Resolution;
import dev.cairn.daemon.Daemon;
import dev.cairn.event.EventSink;
import dev.cairn.packages.DefinitionProblem;
import dev.cairn.packages.PackageException;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder that the user listed and that is no channel now: on a disk that is not there, or half written. It offers
 * nothing but what is wrong, so that the other channels stay usable.
 *
 * @param name the folder, as what the channel calls itself is not known
 */
record UnusableChannel(String name, DefinitionProblem problem) implements Channel {
    static UnusableChannel of(Path folder, ChannelException exception) {
        DefinitionProblem problem =
                switch (exception) {
                    case ChannelException.Malformed malformed -> malformed.problem();
                    case ChannelException.Unreadable unreadable -> new DefinitionProblem(
                            "channel.json", 0, 0, "", unreadable.getMessage(), "a file that can be read");
                };
        return new UnusableChannel(folder.toString(), problem);
    }

    @Override
    public String fingerprint() {
        return "unusable: " + problem.message();
    }

    @Override
    public ChannelContents read(EventSink events) {
        return new ChannelContents(List.of(), List.of(problem));
    }

    @Override
    public Resolution resolve(CatalogPackage wanted, String system, Daemon daemon) throws PackageException {
        throw new PackageException.Gone(wanted.key().label(), name);
    }
}
