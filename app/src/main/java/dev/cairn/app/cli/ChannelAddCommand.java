// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.ChannelEntry;
import dev.cairn.app.ChannelOrigin;
import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a channel: a folder of definitions, or an archive of Debian's kind. */
@Command(name = "add")
final class ChannelAddCommand extends CairnCommand {
    @Parameters(index = "0", paramLabel = "NAME", descriptionKey = "new-channel-name")
    private String name = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FOLDER|LINE", descriptionKey = "channel-source")
    private List<String> source = new ArrayList<>();

    @Option(names = "--priority", paramLabel = "NUMBER", descriptionKey = "new-channel-priority", order = 10)
    private @Nullable Integer priority;

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        ChannelEntry added = workspace.channelList()
                .add(name, absolute(source), priority == null ? OptionalInt.empty() : OptionalInt.of(priority));
        session.out().line(Texts.text("channel.added", name, added.priority()));
        if (added.origin() instanceof ChannelOrigin.Archive) {
            session.out().line(Texts.text("channel.pull", name));
        }
        return ExitCode.OK;
    }

    /** A line may be one word or several; a folder may be named from where the user is. */
    private static String absolute(List<String> words) {
        try {
            String line = String.join(" ", words).strip();
            return line.matches("deb(-src)?\\s.*") ? line : Path.of(line).toAbsolutePath().toString();
        } catch (InvalidPathException _) {
            return String.join(" ", words);
        }
    }
}
