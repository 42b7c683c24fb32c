// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.CodeFile;
import dev.cairn.channel.guix.definition.ChannelDefinition;
import dev.cairn.channel.guix.definition.ChannelsFile;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.scheme.code.DynamicCodeException;
import java.util.Optional;

/** A file that lists channels as {@code guix describe} writes them: {@code channels.scm}, or the same in JSON. */
final class ListedChannels {
    private ListedChannels() {}

    /** What a file says of Guix; tells the user what else stands in it, which cannot be had. */
    static ChannelDefinition guix(String file, Session session) throws CairnException {
        ChannelsFile read = parse(file, CodeFile.read("list of channels", file));
        for (ChannelDefinition other : read.others()) {
            session.note(Texts.text("channels.left-out", Printable.line(other.name()), Printable.line(other.url())));
        }
        return read.guix();
    }

    private static ChannelsFile parse(String file, String text) throws CairnException {
        try {
            return ChannelsFile.parse(text);
        } catch (DynamicCodeException | FormatException e) {
            throw new FailureException(
                    Texts.text("error.channels-file", file, e.getMessage()),
                    e.hint().or(() -> Optional.of(Texts.text("hint.channels-file"))));
        }
    }
}
