// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.error.FormatException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a channel's modules.
 *
 * @param file relative to the channel's modules, such as {@code gnu/packages/base.scm}; never leads out of them
 * @param line counted from 1
 * @param column counted from 0
 */
public record Location(String file, int line, int column) {
    private static final int MAX_FILE = 1024;
    private static final Pattern TEXT = Pattern.compile("([^:]+):([0-9]{1,9})(?::([0-9]{1,9}))?");
    private static final Pattern UNSAFE = Pattern.compile("(?:^|/)(?:\\.{0,2})(?:/|$)|[\\p{Cntrl}\\\\]");

    /** @throws IllegalArgumentException when there can be no such place */
    public Location {
        if (!isFile(file) || line < 1 || column < 0) {
            throw new IllegalArgumentException("no place in a module");
        }
    }

    private static boolean isFile(String file) {
        return !file.isEmpty() && file.length() <= MAX_FILE && !UNSAFE.matcher(file).find();
    }

    /**
     * Reads {@code FILE:LINE:COLUMN} or {@code FILE:LINE}.
     *
     * @throws FormatException when it is neither, or the file's name is absolute or leads upwards
     */
    public static Location parse(String text) throws FormatException {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || !isFile(matcher.group(1)) || Integer.parseInt(matcher.group(2)) < 1) {
            throw new FormatException("location", "'" + text + "' is not FILE:LINE:COLUMN");
        }
        String column = matcher.group(3);
        return new Location(
                matcher.group(1), Integer.parseInt(matcher.group(2)), column == null ? 0 : Integer.parseInt(column));
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
