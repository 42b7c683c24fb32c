// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.channel.Channel;
import dev.cairn.channel.ChannelException;
import dev.cairn.channel.json.JsonChannel;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The channels a user has: those listed in {@code channels.json} first, then the bundled one. The file is optional:
 *
 * <pre>{@code {"format": 1, "bundled": true, "channels": ["/home/me/my-channel"]}}</pre>
 */
final class ChannelList {
    private static final int FORMAT = 1;

    /** No list of folders is longer; what is has been written by mistake. */
    private static final long MAX_OCTETS = 1 << 20;

    private static final String HINT = "It must look like {\"format\": 1, \"channels\": [\"/folder/of/a/channel\"]}; "
            + "without the file there is the bundled channel alone.";

    private final Path file;
    private final Optional<Path> bundled;

    ChannelList(Path file, Optional<Path> bundled) {
        this.file = file;
        this.bundled = bundled;
    }

    /** Opens all channels; a folder that cannot be one is there as a channel without packages. */
    List<Channel> open() throws CairnException {
        List<Channel> channels = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Path folder : folders()) {
            Channel channel = open(folder);
            if (!names.add(channel.name())) {
                throw wrong("two channels are called '" + channel.name() + "', one of them in '" + folder + "'");
            }
            channels.add(channel);
        }
        return List.copyOf(channels);
    }

    private static Channel open(Path folder) throws CairnException {
        try {
            return JsonChannel.open(folder);
        } catch (ChannelException e) {
            return UnusableChannel.of(folder, e);
        }
    }

    private List<Path> folders() throws ConfigurationException {
        Optional<JsonNode> content = read();
        if (content.isEmpty()) {
            return bundled.stream().toList();
        }
        JsonNode root = content.get();
        if (!root.isObject() || root.path("format").asInt(0) != FORMAT) {
            throw wrong("it is not an object with \"format\": " + FORMAT);
        }
        List<Path> folders = new ArrayList<>();
        for (JsonNode entry : root.path("channels")) {
            if (!entry.isString() || !entry.asString().startsWith("/")) {
                throw wrong("channel " + entry + " is not the absolute name of a folder");
            }
            folders.add(Path.of(entry.asString()));
        }
        if (root.path("bundled").asBoolean(true)) {
            bundled.ifPresent(folders::add);
        }
        return folders;
    }

    private Optional<JsonNode> read() throws ConfigurationException {
        try {
            if (Files.size(file) > MAX_OCTETS) {
                throw wrong("it is larger than a list of channels can be");
            }
            return Optional.of(JsonMapper.shared().readTree(Files.readString(file)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ConfigurationException(
                    file, "it cannot be read (" + e + ")", "Make it readable.", Optional.of(e));
        } catch (JacksonException e) {
            throw new ConfigurationException(
                    file,
                    "line " + e.getLocation().getLineNr() + " is not JSON: " + e.getOriginalMessage(),
                    HINT,
                    Optional.of(e));
        }
    }

    private ConfigurationException wrong(String problem) {
        return new ConfigurationException(file, problem, HINT, Optional.empty());
    }
}
