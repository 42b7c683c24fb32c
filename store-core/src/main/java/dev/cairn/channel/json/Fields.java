// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import dev.cairn.channel.json.JsonValue.Member;
import dev.cairn.packages.EditDistance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Reads the members of one object. What is wrong is reported and read as absent, so that one pass finds everything
 * that is wrong with a definition.
 */
final class Fields {
    /** Most characters of a paragraph, a line or another string that is no text of a file. */
    static final int MAX_TEXT = 65_536;

    private final JsonValue.Object object;
    private final String path;
    private final Problems problems;
    private final Map<String, JsonValue> values = new HashMap<>();

    /** @param path how messages call the object; empty at the top */
    Fields(JsonValue.Object object, String path, Problems problems) {
        this.object = object;
        this.path = path;
        this.problems = problems;
        for (Member member : object.members()) {
            if (values.putIfAbsent(member.name(), member.value()) != null) {
                problems.add(member.place(), field(member.name()), "the field a second time", "every field once");
            }
        }
    }

    /** Reports every field that is not one of {@code known}. */
    Fields allow(Set<String> known) {
        for (Member member : object.members()) {
            if (!known.contains(member.name())) {
                List<String> nearest = EditDistance.nearest(member.name(), known, 1);
                problems.add(
                        member.place(),
                        field(member.name()),
                        "the unknown field " + JsonValue.quote(member.name()),
                        nearest.isEmpty()
                                ? "one of " + String.join(", ", known.stream().sorted().toList())
                                : "'" + nearest.getFirst() + "'");
            }
        }
        return this;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<JsonValue> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** How messages call a member. */
    String field(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    JsonValue.Place place() {
        return object.place();
    }

    Problems problems() {
        return problems;
    }

    void missing(String name, String expected) {
        problems.add(object.place(), field(name), "nothing", expected);
    }

    /** A string that {@code check} accepts. */
    Optional<String> text(String name, String expected, Predicate<String> check) {
        return value(name).flatMap(value -> text(value, field(name), expected, check));
    }

    /** A string that {@code check} accepts; its absence is reported. */
    String requiredText(String name, String expected, Predicate<String> check) {
        if (!has(name)) {
            missing(name, expected);
        }
        return text(name, expected, check).orElse("");
    }

    Optional<String> text(JsonValue value, String field, String expected, Predicate<String> check) {
        if (value instanceof JsonValue.Text(_, String text) && text.length() <= JsonTreeReader.MAX_STRING
                && check.test(text)) {
            return Optional.of(text);
        }
        problems.add(value, field, expected);
        return Optional.empty();
    }

    boolean bool(String name) {
        Optional<JsonValue> value = value(name);
        if (value.isPresent() && value.get() instanceof JsonValue.Bool(_, boolean flag)) {
            return flag;
        }
        value.ifPresent(other -> problems.add(other, field(name), "true or false"));
        return false;
    }

    int integer(String name, int least, int most, int otherwise) {
        Optional<JsonValue> value = value(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get() instanceof JsonValue.Number(_, String digits) && digits.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(digits);
            if (number >= least && number <= most) {
                return number;
            }
        }
        problems.add(value.get(), field(name), "a whole number from " + least + " to " + most);
        return otherwise;
    }

    /** An array of strings that {@code check} accepts. */
    List<String> texts(String name, int most, String expected, Predicate<String> check) {
        return value(name).map(value -> texts(value, field(name), most, expected, check)).orElse(List.of());
    }

    /** A string, or an array of strings, that {@code check} accepts. */
    List<String> oneOrMore(String name, int most, String expected, Predicate<String> check) {
        Optional<JsonValue> value = value(name);
        if (value.isPresent() && value.get() instanceof JsonValue.Text) {
            return text(name, expected, check).map(List::of).orElse(List.of());
        }
        return value.map(other -> texts(other, field(name), most, expected, check)).orElse(List.of());
    }

    List<String> texts(JsonValue value, String field, int most, String expected, Predicate<String> check) {
        List<String> texts = new ArrayList<>();
        List<JsonValue> items = items(value, field, most, "an array, each item of it " + expected);
        for (int i = 0; i < items.size(); i++) {
            text(items.get(i), field + "[" + i + "]", expected, check).ifPresent(texts::add);
        }
        return texts;
    }

    /** The items of an array. */
    List<JsonValue> items(JsonValue value, String field, int most, String expected) {
        if (value instanceof JsonValue.Array(_, List<JsonValue> items)) {
            if (items.size() <= most) {
                return items;
            }
            problems.add(value.place(), field, "an array of " + items.size(), "at most " + most + " items");
            return List.of();
        }
        problems.add(value, field, expected);
        return List.of();
    }

    /** A member that is an object. */
    Optional<Fields> object(String name) {
        return value(name).flatMap(value -> object(value, field(name)));
    }

    Optional<Fields> object(JsonValue value, String field) {
        if (value instanceof JsonValue.Object members) {
            return Optional.of(new Fields(members, field, problems));
        }
        problems.add(value, field, "an object");
        return Optional.empty();
    }

    /** The members in the order of the file; a number beyond {@code most} is reported. */
    List<Member> members(int most) {
        if (object.members().size() > most) {
            problems.add(object.place(), path, object.members().size() + " fields", "at most " + most);
            return List.of();
        }
        return object.members();
    }

    /** A member that is an object of strings. */
    SortedMap<String, String> textMap(String name, String expectedKey, Predicate<String> key) {
        SortedMap<String, String> map = new TreeMap<>();
        object(name).ifPresent(fields -> {
            for (Member member : fields.members(1000)) {
                if (!key.test(member.name())) {
                    problems.add(
                            member.place(),
                            fields.field(member.name()),
                            "the name " + JsonValue.quote(member.name()),
                            expectedKey);
                }
                text(member.value(), fields.field(member.name()), "a string", text -> text.length() <= MAX_TEXT)
                        .ifPresent(text -> map.put(member.name(), text));
            }
        });
        return map;
    }
}
