// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import dev.cairn.channel.ChannelException;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code channel.json} says.
 *
 * @param name of the channel
 * @param description paragraphs separated by empty lines
 */
record ChannelFile(String name, String description, Optional<String> homePage) {
    /** The name of the file. */
    static final String FILE_NAME = "channel.json";

    /** The version of the format that this Cairn reads. */
    static final int FORMAT = 1;

    /** @param channel where the channel is, for messages */
    static ChannelFile read(String text, String channel) throws ChannelException.Malformed {
        Problems problems = new Problems(FILE_NAME);
        Optional<ChannelFile> file = Optional.empty();
        try (JsonTreeReader reader = new JsonTreeReader(text)) {
            JsonValue value = reader.whole();
            if (value instanceof JsonValue.Object object) {
                file = Optional.of(read(new Fields(object, "", problems)));
            } else {
                problems.add(value, "", "an object");
            }
        } catch (JsonTreeReader.SyntaxException e) {
            problems.add(e.place(), "", e.getMessage(), "JSON: an object");
        }
        if (problems.count() > 0) {
            throw new ChannelException.Malformed(channel, problems.list().getFirst());
        }
        return file.orElseThrow();
    }

    private static ChannelFile read(Fields fields) {
        Optional<JsonValue> format = fields.value("format");
        if (!(format.orElse(null) instanceof JsonValue.Number(_, String digits)
                && digits.equals(Integer.toString(FORMAT)))) {
            String expected = FORMAT + ", the format that this version of Cairn reads";
            format.ifPresentOrElse(
                    value -> fields.problems().add(value, "format", expected),
                    () -> fields.missing("format", expected));
        }
        fields.allow(Set.of("format", "name", "description", "home-page"));
        String name = fields.requiredText(
                "name",
                "a name of up to 64 letters, digits and _ . -, beginning with a letter, a digit or _",
                text -> text.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}"));
        String description = String.join("\n\n",
                fields.oneOrMore("description", 100, "a paragraph", text -> text.length() <= Fields.MAX_TEXT));
        return new ChannelFile(name, description, DefinitionReader.homePage(fields));
    }
}
