// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import java.util.Optional;

/**
 * What an operating system says of itself (os-release(5)).
 *
 * @param id such as {@code debian}: small letters, digits and {@code . _ -}
 * @param name for people, such as {@code Debian GNU/Linux 12 (bookworm)}
 * @param codename such as {@code bookworm}; may be empty
 */
public record OsRelease(String id, String name, String codename) {
    private static final int LONGEST = 200;

    /** Reads the file; nothing if it has no valid ID. */
    public static Optional<OsRelease> read(String text) {
        String id = value(text, "ID");
        if (!id.matches("[a-z0-9][a-z0-9._-]{0,63}")) {
            return Optional.empty();
        }
        String pretty = value(text, "PRETTY_NAME");
        String name = pretty.isEmpty() ? value(text, "NAME") : pretty;
        return Optional.of(new OsRelease(id, name.isEmpty() ? id : name, value(text, "VERSION_CODENAME")));
    }

    /** The value of the last line that sets a variable. */
    private static String value(String text, String variable) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(variable + "="))
                .map(line -> unquoted(line.substring(variable.length() + 1)))
                .filter(value -> value.length() <= LONGEST && value.chars().noneMatch(c -> c < ' ' || c == 0x7f))
                .reduce("", (_, last) -> last);
    }

    /** Values are those of shells, of one word. */
    private static String unquoted(String value) {
        if (value.length() < 2 || value.charAt(0) != value.charAt(value.length() - 1)) {
            return value;
        }
        String inner = value.substring(1, value.length() - 1);
        return switch (value.charAt(0)) {
            case '\'' -> inner;
            case '"' -> inner.replaceAll("\\\\([\"$`\\\\])", "$1");
            default -> value;
        };
    }
}
