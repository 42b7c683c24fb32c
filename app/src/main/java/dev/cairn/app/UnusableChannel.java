// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.catalog.ContentsSink;
import dev.cairn.channel.Channel;
import dev.cairn.channel.ChannelException;
import dev.cairn.channel.IndependentResolver;
import dev.cairn.channel.Resolver;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.packages.DefinitionProblem;
import dev.cairn.packages.PackageException;

/**
 * A folder that the user listed and that is no channel now: on a disk that is not there, or half written. It offers
 * nothing but what is wrong, so that the other channels stay usable.
 *
 * @param name what the list calls it; the folder, where only the channel itself would tell
 */
record UnusableChannel(String name, int priority, DefinitionProblem problem) implements Channel {
    static UnusableChannel of(ChannelEntry entry, ChannelException exception) {
        DefinitionProblem problem =
                switch (exception) {
                    case ChannelException.Malformed malformed -> malformed.problem();
                    case ChannelException.Unreadable _,
                            ChannelException.NoRevision _,
                            ChannelException.Unsatisfiable _ -> new DefinitionProblem(
                            "channel.json", 0, 0, "", exception.getMessage(), "a file that can be read");
                };
        return new UnusableChannel(entry.name(), entry.priority(), problem);
    }

    @Override
    public String fingerprint() {
        return "unusable: " + problem.message();
    }

    @Override
    public void read(ContentsSink sink, EventSink events) throws CairnException {
        sink.problem(problem);
    }

    @Override
    public Resolver resolver() {
        return new IndependentResolver((wanted, _, _) -> {
            throw new PackageException.Gone(wanted.label(), name);
        });
    }
}
