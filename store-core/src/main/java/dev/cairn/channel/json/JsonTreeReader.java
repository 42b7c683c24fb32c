// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON text value by value: a top-level array gives its items one after another, so that those before a
 * syntax error are not lost with it.
 */
final class JsonTreeReader implements AutoCloseable {
    /** Most characters of a string; the longest that a definition may hold is a text of 1 MiB. */
    static final int MAX_STRING = 1 << 20;

    private static final int MAX_DEPTH = 16;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNameLength(2048)
                    .maxNumberLength(32)
                    .build())
            .build();

    private final JsonParser parser;
    private boolean started;
    private boolean inArray;

    JsonTreeReader(String text) {
        parser = FACTORY.createParser(ObjectReadContext.empty(), text);
    }

    /** The text is not JSON, or exceeds a bound, from {@link #place} on. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient JsonValue.Place place;

        private SyntaxException(String message, JsonValue.Place place, Throwable cause) {
            super(message, cause);
            this.place = place;
        }

        JsonValue.Place place() {
            return place;
        }
    }

    /** The single top-level value. */
    JsonValue whole() throws SyntaxException {
        try {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new SyntaxException("nothing", new JsonValue.Place(1, 1), null);
            }
            JsonValue value = read(first);
            requireEnd();
            return value;
        } catch (JacksonException e) {
            throw syntax(e);
        }
    }

    /** The next item of the top-level array, or once the top-level value if that is no array; empty at the end. */
    Optional<JsonValue> nextItem() throws SyntaxException {
        try {
            JsonToken token = parser.nextToken();
            if (!started) {
                started = true;
                if (token == null) {
                    throw new SyntaxException("nothing", new JsonValue.Place(1, 1), null);
                }
                inArray = token == JsonToken.START_ARRAY;
                if (!inArray) {
                    return Optional.of(read(token));
                }
                token = parser.nextToken();
            }
            if (inArray && token == JsonToken.END_ARRAY) {
                inArray = false;
                token = parser.nextToken();
            }
            if (token == null) {
                return Optional.empty();
            }
            if (!inArray) {
                throw new SyntaxException("more after the end", place(), null);
            }
            return Optional.of(read(token));
        } catch (JacksonException e) {
            throw syntax(e);
        }
    }

    private void requireEnd() throws SyntaxException {
        if (parser.nextToken() != null) {
            throw new SyntaxException("more after the end", place(), null);
        }
    }

    private JsonValue read(JsonToken token) throws SyntaxException {
        JsonValue.Place place = place();
        return switch (token) {
            case START_OBJECT -> readObject(place);
            case START_ARRAY -> readArray(place);
            case VALUE_STRING -> new JsonValue.Text(place, parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.Number(place, parser.getString());
            case VALUE_TRUE -> new JsonValue.Bool(place, true);
            case VALUE_FALSE -> new JsonValue.Bool(place, false);
            case VALUE_NULL -> new JsonValue.Null(place);
            case END_ARRAY, END_OBJECT, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new SyntaxException("no value", place, null);
        };
    }

    private JsonValue readArray(JsonValue.Place place) throws SyntaxException {
        List<JsonValue> items = new ArrayList<>();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            items.add(read(token));
        }
        return new JsonValue.Array(place, items);
    }

    private JsonValue readObject(JsonValue.Place place) throws SyntaxException {
        List<JsonValue.Member> members = new ArrayList<>();
        for (JsonToken token = next(); token != JsonToken.END_OBJECT; token = next()) {
            String name = parser.currentName();
            JsonValue.Place namePlace = place();
            members.add(new JsonValue.Member(name, namePlace, read(next())));
        }
        return new JsonValue.Object(place, members);
    }

    private JsonToken next() throws SyntaxException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new SyntaxException("the end of the file", place(), null);
        }
        return token;
    }

    private JsonValue.Place place() {
        return place(parser.currentTokenLocation());
    }

    private static JsonValue.Place place(TokenStreamLocation location) {
        return location == null
                ? new JsonValue.Place(1, 1)
                : new JsonValue.Place(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private static SyntaxException syntax(JacksonException e) {
        String message = e.getOriginalMessage().lines().findFirst().orElse("");
        return new SyntaxException(message, place(e.getLocation()), e);
    }

    @Override
    public void close() {
        parser.close();
    }
}
