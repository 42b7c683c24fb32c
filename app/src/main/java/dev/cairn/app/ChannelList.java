// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.channel.guix.GuixSource;
import dev.cairn.channel.guix.definition.ChannelHome;
import dev.cairn.channel.guix.definition.Fingerprint;
import dev.cairn.channel.guix.definition.Introduction;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.fs.AtomicFiles;
import dev.cairn.fs.PosixLock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file {@code channels.json}: which channels a user has. It is optional, and what is there by itself need not stand
 * in it. Safe for use by several processes.
 *
 * <pre>{@code
 * {"format": 2, "channels": [
 *   {"name": "mine", "kind": "folder", "folder": "/home/me/mine", "enabled": true, "priority": 50},
 *   {"name": "backports", "kind": "debian", "sources": ["deb http://example.org/debian stable main"]},
 *   {"name": "debian", "kind": "debian", "sources": "host"},
 *   {"name": "guix", "kind": "guix", "service": "https://data.example.org", "repository": "guix", "branch": "master",
 *    "servers": ["https://farm.example.org"],
 *    "home": {"url": "https://example.org/guix.git", "introduction": {"commit": "...", "signer": "..."}}},
 *   {"name": "cairn", "kind": "bundled", "enabled": false}]}
 * }</pre>
 */
final class ChannelList {
    /** What the channel that comes with Cairn is called. */
    static final String BUNDLED = "cairn";

    private static final int FORMAT = 2;

    /** No list of channels is longer; what is has been written by mistake. */
    private static final long MAX_OCTETS = 1 << 20;

    private static final String HINT = "It must look like {\"format\": 2, \"channels\": [{\"name\": \"mine\","
            + " \"kind\": \"folder\", \"folder\": \"/folder/of/a/channel\"}]}; docs/channels.md tells more.";

    private final Path file;

    ChannelList(Path file) {
        this.file = file;
    }

    /** What stands in the file, in its order; nothing where there is none. */
    List<ChannelEntry> read() throws ConfigurationException {
        Optional<JsonNode> content = parse();
        if (content.isEmpty()) {
            return List.of();
        }
        JsonNode root = content.get();
        int format = root.path("format").asInt(0);
        if (!root.isObject() || format < 1 || format > FORMAT) {
            throw wrong("it is not an object with \"format\": " + FORMAT);
        }
        List<ChannelEntry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode node : root.path("channels")) {
            ChannelEntry entry = format == 1 ? folder(node) : entry(node);
            if (!names.add(entry.name())) {
                throw wrong("two channels are called '" + entry.name() + "'");
            }
            entries.add(entry);
        }
        if (format == 1 && !root.path("bundled").asBoolean(true)) {
            entries.add(ChannelEntry.usual(BUNDLED, new ChannelOrigin.Bundled()).withEnabled(false));
        }
        return List.copyOf(entries);
    }

    /** A channel of the first format: the name of a folder alone. Until it is opened that is what it is called. */
    private ChannelEntry folder(JsonNode node) throws ConfigurationException {
        return ChannelEntry.usual(node.asString(""), new ChannelOrigin.Folder(path(node)));
    }

    private ChannelEntry entry(JsonNode node) throws ConfigurationException {
        String name = node.path("name").asString("");
        if (!ChannelEntry.isName(name) && !name.startsWith("/")) {
            throw wrong("channel " + node + " has no usable \"name\"");
        }
        ChannelOrigin origin = switch (node.path("kind").asString("")) {
            case "bundled" -> new ChannelOrigin.Bundled();
            case "folder" -> new ChannelOrigin.Folder(path(node.path("folder")));
            case "debian" -> node.path("sources").asString("").equals("host")
                    ? new ChannelOrigin.Machine()
                    : new ChannelOrigin.Archive(lines(node));
            case "guix" -> new ChannelOrigin.Guix(guix(node));
            default -> throw wrong("channel '" + name + "' has no \"kind\" bundled, folder, debian or guix");
        };
        return new ChannelEntry(
                name,
                origin,
                node.path("enabled").asBoolean(true),
                node.path("priority").asInt(origin.usualPriority()));
    }

    private Path path(JsonNode node) throws ConfigurationException {
        if (!node.isString() || !node.asString().startsWith("/")) {
            throw wrong("channel " + node + " is not the absolute name of a folder");
        }
        return Path.of(node.asString());
    }

    private List<String> lines(JsonNode entry) throws ConfigurationException {
        List<String> lines = new ArrayList<>();
        for (JsonNode line : entry.path("sources")) {
            lines.add(line.asString(""));
        }
        if (lines.isEmpty()) {
            throw wrong("channel " + entry + " has no \"sources\"");
        }
        return lines;
    }

    private GuixSource guix(JsonNode entry) throws ConfigurationException {
        List<String> servers = new ArrayList<>();
        for (JsonNode server : entry.path("servers")) {
            servers.add(server.asString(""));
        }
        try {
            return new GuixSource(
                    URI.create(entry.path("service").asString("")),
                    entry.path("repository").asString(GuixSource.REPOSITORY),
                    entry.path("branch").asString(GuixSource.BRANCH),
                    entry.has("commit") ? Optional.of(entry.path("commit").asString("")) : Optional.empty(),
                    servers,
                    home(entry.path("home")));
        } catch (IllegalArgumentException | FormatException e) {
            throw wrong("channel '" + entry.path("name").asString("") + "' cannot be used: " + e.getMessage());
        }
    }

    private static Optional<ChannelHome> home(JsonNode node) throws FormatException {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        JsonNode stated = node.path("introduction");
        if (!node.isObject() || !stated.isMissingNode() && !stated.isObject()) {
            // Taken for absent, it would turn authentication off.
            throw new FormatException("home", "it and its 'introduction' must be objects");
        }
        return Optional.of(new ChannelHome(
                node.path("url").asString(""),
                stated.isObject()
                        ? Optional.of(new Introduction(
                                stated.path("commit").asString(""),
                                Fingerprint.parse(stated.path("signer").asString(""))))
                        : Optional.empty()));
    }

    private Optional<JsonNode> parse() throws ConfigurationException {
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

    /** Runs with the file held for oneself, so that no other change is lost. */
    void exclusively(Work work) throws CairnException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (PosixLock _ = PosixLock.acquire(
                    file.resolveSibling(file.getFileName() + ".lock"), PosixLock.Mode.EXCLUSIVE)) {
                work.run();
            }
        } catch (IOException e) {
            throw DaemonException.of("changing '" + file + "'", e);
        }
    }

    /** What is done while the file is held. */
    @FunctionalInterface
    interface Work {
        void run() throws CairnException, IOException;
    }

    /** Writes all entries, in the present format. */
    void write(List<ChannelEntry> entries) throws CairnException, IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ObjectWriteContext readable = new ObjectWriteContext.Base() {
            @Override
            public DefaultPrettyPrinter getPrettyPrinter() {
                return new DefaultPrettyPrinter();
            }
        };
        try (JsonGenerator json = new JsonFactory().createGenerator(readable, text)) {
            json.writeStartObject();
            json.writeNumberProperty("format", FORMAT);
            json.writeArrayPropertyStart("channels");
            entries.forEach(entry -> write(json, entry));
            json.writeEndArray();
            json.writeEndObject();
        }
        text.write('\n');
        AtomicFiles.write(file, text.toByteArray());
    }

    private static void write(JsonGenerator json, ChannelEntry entry) {
        json.writeStartObject();
        json.writeStringProperty("name", entry.name());
        switch (entry.origin()) {
            case ChannelOrigin.Bundled _ -> json.writeStringProperty("kind", "bundled");
            case ChannelOrigin.Folder(Path path) -> {
                json.writeStringProperty("kind", "folder");
                json.writeStringProperty("folder", path.toString());
            }
            case ChannelOrigin.Machine _ -> {
                json.writeStringProperty("kind", "debian");
                json.writeStringProperty("sources", "host");
            }
            case ChannelOrigin.Archive(List<String> lines) -> {
                json.writeStringProperty("kind", "debian");
                json.writeArrayPropertyStart("sources");
                lines.forEach(json::writeString);
                json.writeEndArray();
            }
            case ChannelOrigin.Guix(GuixSource source) -> write(json, source);
        }
        json.writeBooleanProperty("enabled", entry.enabled());
        json.writeNumberProperty("priority", entry.priority());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, GuixSource source) {
        json.writeStringProperty("kind", "guix");
        json.writeStringProperty("service", source.service().toString());
        json.writeStringProperty("repository", source.repository());
        json.writeStringProperty("branch", source.branch());
        source.commit().ifPresent(commit -> json.writeStringProperty("commit", commit));
        json.writeArrayPropertyStart("servers");
        source.servers().forEach(json::writeString);
        json.writeEndArray();
        source.stated().ifPresent(home -> write(json, home));
    }

    private static void write(JsonGenerator json, ChannelHome home) {
        json.writeObjectPropertyStart("home");
        json.writeStringProperty("url", home.url());
        home.introduction().ifPresent(introduction -> {
            json.writeObjectPropertyStart("introduction");
            json.writeStringProperty("commit", introduction.commit());
            json.writeStringProperty("signer", introduction.signer().toString());
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private ConfigurationException wrong(String problem) {
        return new ConfigurationException(file, problem, HINT, Optional.empty());
    }
}
