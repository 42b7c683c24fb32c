// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A desktop entry that starts a program: groups of keys (Desktop Entry Specification 1.5). Only the entry itself and
 * the actions it names are kept. Values are as in the file, with their escapes. Mutable; not for several threads.
 */
final class DesktopEntry {
    /** Octets that a file may have. */
    static final int LARGEST = 256 << 10;

    private static final String MAIN = "Desktop Entry";
    private static final String ACTION = "Desktop Action ";
    private static final Pattern GROUP = Pattern.compile("\\[([^\\[\\]\\p{Cntrl}]{1,200})\\]\\s*");
    private static final Pattern KEY =
            Pattern.compile("([A-Za-z0-9-]{1,200}(?:\\[[A-Za-z0-9_.@-]{1,80}\\])?)[ \\t]*=[ \\t]*(.*?)[ \\t]*");

    private final SequencedMap<String, SequencedMap<String, String>> groups = new LinkedHashMap<>();

    private DesktopEntry() {}

    /** Reads a file; empty where it is not a sound entry of a program. */
    static Optional<DesktopEntry> parse(byte[] octets) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
        DesktopEntry entry = new DesktopEntry();
        SequencedMap<String, String> group = null;
        for (String line : text.split("\n", -1)) {
            String content = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (content.isBlank() || content.startsWith("#")) {
                continue;
            }
            Matcher header = GROUP.matcher(content);
            Matcher key = KEY.matcher(content);
            if (header.matches()) {
                // A second group of the same name counts for nothing.
                group = new LinkedHashMap<>();
                entry.groups.putIfAbsent(header.group(1), group);
            } else if (group == null || content.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
                return Optional.empty();
            } else if (key.matches()) {
                group.putIfAbsent(key.group(1), key.group(2));
            }
        }
        boolean program = !entry.groups.isEmpty() && entry.groups.firstEntry().getKey().equals(MAIN)
                && entry.get("Type").equals(Optional.of("Application")) && entry.get("Exec").isPresent();
        entry.keepNamedActions();
        return program ? Optional.of(entry) : Optional.empty();
    }

    private void keepNamedActions() {
        SequencedSet<String> kept = new LinkedHashSet<>(List.of(MAIN));
        get("Actions").ifPresent(names -> Arrays.stream(names.split(";")).forEach(name -> kept.add(ACTION + name)));
        groups.keySet().retainAll(kept);
    }

    /** The names of the groups: the entry itself first, then its actions. */
    List<String> groups() {
        return List.copyOf(groups.keySet());
    }

    /** A value of the entry itself. */
    Optional<String> get(String key) {
        return get(MAIN, key);
    }

    Optional<String> get(String group, String key) {
        SequencedMap<String, String> keys = groups.get(group);
        return keys == null ? Optional.empty() : Optional.ofNullable(keys.get(key));
    }

    void put(String group, String key, String value) {
        groups.get(group).put(key, value);
    }

    /** Takes a key away from the entry itself, in all languages. */
    void remove(String key) {
        groups.get(MAIN).keySet().removeIf(name -> name.equals(key) || name.startsWith(key + "["));
    }

    /** Takes an action away, in the list of actions as well. */
    void removeAction(String group) {
        groups.remove(group);
        String others = String.join(";", groups.keySet().stream()
                .filter(name -> name.startsWith(ACTION))
                .map(name -> name.substring(ACTION.length()))
                .toList());
        if (others.isEmpty()) {
            remove("Actions");
        } else {
            put(MAIN, "Actions", others + ";");
        }
    }

    void put(String key, String value) {
        put(MAIN, key, value);
    }

    /** The text of a file. */
    String print() {
        StringBuilder text = new StringBuilder();
        groups.forEach((name, keys) -> {
            text.append(text.isEmpty() ? "" : "\n").append('[').append(name).append("]\n");
            keys.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        });
        return text.toString();
    }

    /** What a value means: {@code \s}, {@code \n}, {@code \t}, {@code \r} and {@code \\} stand for characters. */
    static String unescape(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            int code = value.charAt(i) == '\\' && i + 1 < value.length() ? "sntr\\".indexOf(value.charAt(i + 1)) : -1;
            text.append(code < 0 ? value.charAt(i) : " \n\t\r\\".charAt(code));
            i += code < 0 ? 0 : 1;
        }
        return text.toString();
    }

    /** A value that means a text without control characters. */
    static String escape(String text) {
        return text.replace("\\", "\\\\");
    }
}
