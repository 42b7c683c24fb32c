// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.CodeFile;
import dev.cairn.channel.guix.definition.ChannelDefinition;
import dev.cairn.channel.guix.definition.ChannelsFile;
import dev.cairn.error.CairnException;

/** A file that lists channels as {@code guix describe} writes them: {@code channels.scm}, or the same in JSON. */
final class ListedChannels {
    private ListedChannels() {}

    /** What a file says of Guix; tells the user what else stands in it, which cannot be had. */
    static ChannelDefinition guix(String file, Session session) throws CairnException {
        ChannelsFile read = ChannelsFile.parse(CodeFile.read("list of channels", file));
        for (ChannelDefinition other : read.others()) {
            session.note(Texts.text("channels.left-out", Printable.line(other.name()), Printable.line(other.url())));
        }
        return read.guix();
    }
}
