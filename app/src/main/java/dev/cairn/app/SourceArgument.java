// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.channel.debian.AptConfiguration;
import dev.cairn.channel.json.JsonChannel;
import dev.cairn.error.CairnException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Understands what a user gives as the source of a new channel, and refuses what cannot be one. */
final class SourceArgument {
    private static final String HINT = "Give the name of a folder that holds a channel.json, or a line such as"
            + " 'deb [signed-by=/folder/key.asc] http://example.org/debian bookworm-backports main'.";

    private final MachineArchives machine;

    SourceArgument(MachineArchives machine) {
        this.machine = machine;
    }

    ChannelOrigin origin(String text) throws CairnException {
        String source = text.strip();
        if (source.matches("deb(-src)?\\s.*")) {
            return archive(source);
        }
        if (source.startsWith("/")) {
            return folder(source);
        }
        throw new ChannelListException(
                "'" + source + "' is neither an absolute name of a folder nor a line that begins with 'deb'", HINT);
    }

    private static ChannelOrigin folder(String name) throws CairnException {
        try {
            Path folder = Path.of(name).normalize();
            // Says what is wrong with it.
            JsonChannel.open(folder);
            return new ChannelOrigin.Folder(folder);
        } catch (InvalidPathException _) {
            throw new ChannelListException("'" + name + "' cannot be the name of a folder", HINT);
        }
    }

    private ChannelOrigin archive(String line) throws ChannelListException {
        List<String> lines = List.of(line);
        AptConfiguration.Result result = machine.read("the line", lines);
        Optional<String> problem = MachineArchives.firstProblem(result);
        if (problem.isPresent() || result.sources().isEmpty()) {
            throw new ChannelListException(
                    "'" + line + "' names no archive of packages: "
                            + problem.orElse("only lines that begin with 'deb' do"),
                    HINT);
        }
        return new ChannelOrigin.Archive(lines);
    }
}
