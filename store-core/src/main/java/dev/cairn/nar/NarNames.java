// SPDX-License-Identifier: Apache-2.0
package dev.cairn.nar;

import dev.cairn.encoding.Utf8;
import dev.cairn.error.FormatException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * File names and link targets in archives: octets there, strings here. The format allows what is no UTF-8 (formats,
 * section 2.3); the strings then stand for the octets as {@link Utf8#decodeAny} says.
 */
public final class NarNames {
    /** Octets of the longest file name that common file systems take. */
    public static final int MAX_NAME_LENGTH = 255;

    /** Octets of the longest link target that Linux takes. */
    public static final int MAX_TARGET_LENGTH = 4095;

    /**
     * The order of entries: that of the unsigned octets. It differs from {@link String#compareTo} where surrogates,
     * in pairs or standing for octets, meet other characters.
     */
    public static final Comparator<String> ORDER = NarNames::compare;

    private static final String FORMAT = "NAR";

    private NarNames() {}

    /**
     * Checks the name of a directory entry.
     *
     * @throws FormatException when it is empty, {@code .} or {@code ..}, has a slash or NUL, is longer than
     *     {@link #MAX_NAME_LENGTH} octets or stands for no octets
     */
    public static void check(String name) throws FormatException {
        encodeName(name);
    }

    /** The octets of a file name. */
    static byte[] encodeName(String name) throws FormatException {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new FormatException(FORMAT, "'" + name + "' is no file name");
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
            throw new FormatException(FORMAT, "the file name " + quoted(name) + " contains a slash or NUL");
        }
        return encode("file name", name, MAX_NAME_LENGTH);
    }

    /** The octets of a link target. */
    static byte[] encodeTarget(String target) throws FormatException {
        if (target.isEmpty() || target.indexOf('\0') >= 0) {
            throw new FormatException(FORMAT, "the link target " + quoted(target) + " is empty or contains NUL");
        }
        return encode("link target", target, MAX_TARGET_LENGTH);
    }

    /** Quotes text from outside for a message: what could disturb a terminal is written as its number. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("'");
        text.chars().forEach(c -> {
            if (Utf8.isEscape((char) c)) {
                quoted.append(String.format("\\x%02x", c & 0xff));
            } else if (c < 0x20 || c >= 0x7f) {
                quoted.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append("'").toString();
    }

    private static byte[] encode(String what, String text, int limit) throws FormatException {
        byte[] octets;
        try {
            octets = Utf8.encodeAny(text);
        } catch (CharacterCodingException _) {
            throw new FormatException(FORMAT, "the " + what + " " + quoted(text) + " cannot be written as UTF-8");
        }
        if (octets.length > limit) {
            throw new FormatException(
                    FORMAT,
                    "the " + what + " " + quoted(text) + " has " + octets.length + " octets; the limit is " + limit);
        }
        return octets;
    }

    private static byte[] octets(String text) {
        try {
            return Utf8.encodeAny(text);
        } catch (CharacterCodingException _) {
            // No name of a file; it is refused where it is written.
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                if (Utf8.isEscape(x) || Utf8.isEscape(y)) {
                    return Arrays.compareUnsigned(octets(a), octets(b));
                }
                // Surrogates stand for code points above every other character.
                return Character.isSurrogate(x) == Character.isSurrogate(y)
                        ? Character.compare(x, y)
                        : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
