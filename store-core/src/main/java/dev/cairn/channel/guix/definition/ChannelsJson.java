// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.definition;

import dev.cairn.error.FormatException;
import dev.cairn.git.Commits;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists of channels at fixed commits in JSON (services, section 4.2). */
public final class ChannelsJson {
    private static final String FORMAT = "list of channels";
    private static final int MAX_LENGTH = 1 << 20;
    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10)
                    .maxStringLength(10_000)
                    .maxDocumentLength(MAX_LENGTH)
                    .build())
            .build());

    private ChannelsJson() {}

    /** One line. */
    static String print(List<ChannelDefinition> channels) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = MAPPER.createGenerator(text)) {
            json.writeStartArray();
            for (ChannelDefinition channel : channels) {
                json.writeStartObject();
                json.writeStringProperty("name", channel.name());
                json.writeStringProperty("url", channel.url());
                channel.branch().ifPresent(branch -> json.writeStringProperty("branch", branch));
                channel.commit().ifPresent(commit -> json.writeStringProperty("commit", commit));
                channel.introduction().ifPresent(introduction -> {
                    json.writeObjectPropertyStart("introduction");
                    json.writeStringProperty("commit", introduction.commit());
                    json.writeStringProperty("signer", introduction.signer().toString());
                    json.writeEndObject();
                });
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return text + "\n";
    }

    /**
     * Reads what {@code guix describe -f json} writes; each channel is at a commit given in full.
     *
     * @throws FormatException when it is anything else
     */
    public static List<ChannelDefinition> read(String text) throws FormatException {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new FormatException(FORMAT, "no JSON: " + e.getOriginalMessage());
        }
        if (!root.isArray()) {
            throw new FormatException(FORMAT, "no array of objects");
        }
        List<ChannelDefinition> channels = new ArrayList<>();
        for (JsonNode each : root.values()) {
            channels.add(channel(each));
        }
        return channels;
    }

    private static ChannelDefinition channel(JsonNode node) throws FormatException {
        Optional<String> commit = text(node, "commit");
        if (commit.filter(Commits::isFull).isEmpty()) {
            throw new FormatException(FORMAT, "a channel's commit is missing or not given in full");
        }
        Optional<Introduction> introduction = Optional.empty();
        JsonNode stated = node.path("introduction");
        if (stated.isObject()) {
            String first = text(stated, "commit").filter(Commits::isFull)
                    .orElseThrow(() -> new FormatException(FORMAT, "an introduction has no commit"));
            introduction = Optional.of(new Introduction(
                    first, Fingerprint.parse(text(stated, "signer").orElse(""))));
        }
        try {
            return new ChannelDefinition(
                    text(node, "name").orElse(""), text(node, "url").orElse(""), text(node, "branch"), commit,
                    introduction);
        } catch (IllegalArgumentException e) {
            throw new FormatException(FORMAT, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isString() && !value.asString().isEmpty() ? Optional.of(value.asString()) : Optional.empty();
    }
}
