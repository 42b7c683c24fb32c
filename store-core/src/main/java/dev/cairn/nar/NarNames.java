// SPDX-License-Identifier: Apache-2.0
package dev.cairn.nar;

import dev.cairn.encoding.Utf8;
import dev.cairn.error.FormatException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * File names and link targets in archives: octets there, strings here. The format allows names that are no UTF-8; Cairn
 * refuses those, because Java could not give them back to the file system as they were (formats, section 2.3).
 */
public final class NarNames {
    /** Octets of the longest file name that common file systems take. */
    public static final int MAX_NAME_LENGTH = 255;

    /** Octets of the longest link target that Linux takes. */
    public static final int MAX_TARGET_LENGTH = 4095;

    /**
     * The order of entries: that of the unsigned octets of UTF-8, which is the order of code points. It differs from
     * {@link String#compareTo} where surrogate pairs meet the characters from U+E000 on.
     */
    public static final Comparator<String> ORDER = NarNames::compare;

    private static final String FORMAT = "NAR";

    private NarNames() {}

    /**
     * Checks the name of a directory entry.
     *
     * @throws FormatException when it is empty, {@code .} or {@code ..}, has a slash or NUL, is longer than
     *     {@link #MAX_NAME_LENGTH} octets or cannot be written as UTF-8
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

    /** The string that {@code octets} are in UTF-8. */
    static String decode(String what, byte[] octets) throws FormatException {
        try {
            return Utf8.decode(octets);
        } catch (CharacterCodingException _) {
            throw new FormatException(
                    FORMAT,
                    "the " + what + " " + quoted(new String(octets, StandardCharsets.ISO_8859_1))
                            + " is not UTF-8; Cairn cannot hold such names");
        }
    }

    /** Quotes text from outside for a message: what could disturb a terminal is written as its number. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("'");
        text.chars().forEach(c -> {
            if (c < 0x20 || c >= 0x7f) {
                quoted.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append("'").toString();
    }

    private static byte[] encode(String what, String text, int limit) throws FormatException {
        ByteBuffer octets;
        try {
            octets = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException _) {
            throw new FormatException(FORMAT, "the " + what + " " + quoted(text) + " cannot be written as UTF-8");
        }
        if (octets.remaining() > limit) {
            throw new FormatException(
                    FORMAT,
                    "the " + what + " " + quoted(text) + " has " + octets.remaining() + " octets; the limit is "
                            + limit);
        }
        byte[] exact = new byte[octets.remaining()];
        octets.get(exact);
        return exact;
    }

    private static int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // Surrogates stand for code points above every other character.
                return Character.isSurrogate(x) == Character.isSurrogate(y)
                        ? Character.compare(x, y)
                        : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
