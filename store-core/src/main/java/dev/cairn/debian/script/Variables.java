// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Variables and arguments of a script as far as they are known, and how words come out with them. */
final class Variables {
    private static final int LONGEST = 16 << 10;
    private static final int MOST_WORDS = 10_000;
    private static final List<String> ARGUMENTS =
            List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "@", "*", "#");

    private final ScriptFacts facts;
    /** Those that were set; empty ones are set to something unknown. */
    private Map<String, Optional<String>> values = new HashMap<>();

    Variables(ScriptFacts facts) {
        this.facts = facts;
    }

    void set(String name, Optional<String> value) {
        values.put(name, value.filter(text -> text.length() <= LONGEST));
    }

    /** Sets the arguments of the script, or of the function that is called. */
    void setArguments(List<Optional<String>> arguments) {
        for (int i = 1; i <= 9; i++) {
            set("" + i, i <= arguments.size() ? arguments.get(i - 1) : Optional.of(""));
        }
        boolean known = arguments.stream().allMatch(Optional::isPresent);
        Optional<String> all = known
                ? Optional.of(String.join(" ", arguments.stream().map(Optional::get).toList()))
                : Optional.empty();
        set("@", all);
        set("*", all);
        set("#", Optional.of("" + arguments.size()));
    }

    /** Gives the arguments back that there were when a snapshot was made. */
    void restoreArguments(Map<String, Optional<String>> snapshot) {
        for (String argument : ARGUMENTS) {
            set(argument, snapshot.getOrDefault(argument, Optional.empty()));
        }
    }

    /** Keeps what is known now, to go back to it. */
    Map<String, Optional<String>> snapshot() {
        return new HashMap<>(values);
    }

    void restore(Map<String, Optional<String>> snapshot) {
        values = new HashMap<>(snapshot);
    }

    /** Forgets what differs from another way that the script could have taken. */
    void merge(Map<String, Optional<String>> other) {
        for (String name : other.keySet()) {
            values.putIfAbsent(name, Optional.empty());
        }
        values.replaceAll((name, value) -> value.equals(other.get(name)) ? value : Optional.empty());
    }

    /** What a word is, as one word. */
    Optional<String> text(ShellWord word) {
        var text = new StringBuilder();
        for (ShellWord.Piece piece : word.pieces()) {
            Optional<String> value = value(piece);
            if (value.isEmpty() || text.length() + value.get().length() > LONGEST) {
                return Optional.empty();
            }
            text.append(value.get());
        }
        return Optional.of(text.toString());
    }

    private Optional<String> value(ShellWord.Piece piece) {
        return switch (piece) {
            case ShellWord.Literal(String text, _) -> Optional.of(text);
            case ShellWord.Variable(String name, Optional<String> otherwise, _) -> {
                Optional<String> value = value(name);
                yield otherwise.isPresent() && value.isPresent() && value.get().isEmpty() ? otherwise : value;
            }
        };
    }

    private Optional<String> value(String name) {
        int sign = name.indexOf(":+");
        if (sign > 0) {
            // Nothing for a variable that is empty; the word behind the sign is not looked at.
            return value(name.substring(0, sign)).filter(String::isEmpty);
        }
        return values.containsKey(name) ? values.get(name) : facts.value(name);
    }

    /** What words come out as: values outside quotation marks are parted at spaces; unknown words are empty. */
    List<Optional<String>> expand(List<ShellWord> words) {
        List<Optional<String>> all = new ArrayList<>();
        for (ShellWord word : words) {
            expand(word, all);
            if (all.size() > MOST_WORDS) {
                return List.of(Optional.empty());
            }
        }
        return all;
    }

    private void expand(ShellWord word, List<Optional<String>> all) {
        if (text(word).isEmpty()) {
            all.add(Optional.empty());
            return;
        }
        StringBuilder current = new StringBuilder();
        boolean begun = false;
        for (ShellWord.Piece piece : word.pieces()) {
            String value = value(piece).orElseThrow();
            boolean parted = piece instanceof ShellWord.Variable(_, _, boolean quoted) && !quoted;
            if (!parted) {
                current.append(value);
                begun |= !value.isEmpty() || piece instanceof ShellWord.Literal(_, boolean quoted) && quoted
                        || piece instanceof ShellWord.Variable;
                continue;
            }
            for (int i = 0; i < value.length(); i++) {
                if (Character.isWhitespace(value.charAt(i))) {
                    if (begun) {
                        all.add(Optional.of(current.toString()));
                        current.setLength(0);
                        begun = false;
                    }
                } else {
                    current.append(value.charAt(i));
                    begun = true;
                }
            }
        }
        if (begun) {
            all.add(Optional.of(current.toString()));
        }
    }
}
