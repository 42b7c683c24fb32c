// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import java.util.List;

/** A JSON value that remembers where it stood, so that everything found wrong with it can be pointed at. */
sealed interface JsonValue {
    /** Where the value begins. */
    Place place();

    /** How an error message calls the value. */
    String describe();

    /** A position in a file, both from 1, the column in characters. */
    record Place(int line, int column) {}

    /** A member of an object. */
    record Member(String name, Place place, JsonValue value) {}

    record Text(Place place, String value) implements JsonValue {
        @Override
        public String describe() {
            return quote(value);
        }
    }

    /** A number, as it was written. */
    record Number(Place place, String digits) implements JsonValue {
        @Override
        public String describe() {
            return "the number " + digits;
        }
    }

    record Bool(Place place, boolean value) implements JsonValue {
        @Override
        public String describe() {
            return Boolean.toString(value);
        }
    }

    record Null(Place place) implements JsonValue {
        @Override
        public String describe() {
            return "null";
        }
    }

    record Array(Place place, List<JsonValue> items) implements JsonValue {
        public Array {
            items = List.copyOf(items);
        }

        @Override
        public String describe() {
            return items.isEmpty() ? "an empty array" : "an array";
        }
    }

    /** Members in the order of the file; a name may occur more than once. */
    record Object(Place place, List<Member> members) implements JsonValue {
        public Object {
            members = List.copyOf(members);
        }

        @Override
        public String describe() {
            return members.isEmpty() ? "an empty object" : "an object";
        }
    }

    /** {@code text} in quotes, shortened, its control characters replaced: fit for a line of a message. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("'");
        text.codePoints().limit(80).forEach(c -> quoted.appendCodePoint(Character.isISOControl(c) ? 0xFFFD : c));
        return quoted.append(text.codePointCount(0, text.length()) > 80 ? "…'" : "'").toString();
    }
}
