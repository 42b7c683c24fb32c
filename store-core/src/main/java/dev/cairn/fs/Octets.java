// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import dev.cairn.encoding.Utf8;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * File names as octets, which is what they are to the system and to NARs. A {@link Path} keeps the octets that the
 * system gave it, whatever the platform's encoding, but shows them only through its URI; a name made from octets takes
 * the same way back.
 */
public final class Octets {
    private Octets() {}

    /** The octets of a path's own text, absolute or relative. */
    public static byte[] of(Path path) {
        String text = path.toString();
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        if (isPlainText(text)) {
            return ascii;
        }
        if (path.isAbsolute()) {
            return decoded(path.toUri().getRawPath());
        }
        // A relative path is shown as absolute: what the working directory adds is cut off again.
        byte[] base = of(Path.of("").toAbsolutePath());
        byte[] whole = of(path.toAbsolutePath());
        int start = base.length == 1 ? 1 : base.length + 1;
        return Arrays.copyOfRange(whole, start, whole.length);
    }

    /** The last name of {@code path}. */
    public static byte[] ofName(Path path) {
        return of(path.getFileName());
    }

    /**
     * The entry of {@code directory} with this name.
     *
     * @param name a single file name; the caller has refused slashes, NUL, {@code .} and {@code ..}
     */
    public static Path resolve(Path directory, byte[] name) {
        if (isPlain(name)) {
            return directory.resolve(toAscii(name));
        }
        // The slash at the end that a URI has for existing folders only is made sure of.
        String base = directory.toAbsolutePath().toUri().getRawPath();
        StringBuilder uri = new StringBuilder("file://").append(base);
        if (!base.endsWith("/")) {
            uri.append('/');
        }
        for (byte octet : name) {
            uri.append('%').append(hexDigit(octet >> 4)).append(hexDigit(octet));
        }
        return Path.of(URI.create(uri.toString()));
    }

    /**
     * The entry of {@code directory} with a name of several parts, in UTF-8 whatever the platform's encoding.
     *
     * @param relative parts separated by slashes, without NUL
     */
    public static Path resolve(Path directory, String relative) {
        if (isPlainText(relative)) {
            return directory.resolve(relative);
        }
        Path result = directory;
        for (String part : relative.split("/")) {
            result = result.resolve(resolve(Path.of("/"), ofText(part)).getFileName());
        }
        return result;
    }

    /** The octets that a text stands for, in the way of {@link Utf8#decodeAny}. */
    public static byte[] ofText(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Utf8.isEscape(text.charAt(i))) {
                try {
                    return Utf8.encodeAny(text);
                } catch (CharacterCodingException e) {
                    throw new IllegalArgumentException("a text with half a character: " + text, e);
                }
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static boolean isPlain(byte[] octets) {
        for (byte octet : octets) {
            if (octet <= 0) {
                return false;
            }
        }
        return true;
    }

    static String toAscii(byte[] octets) {
        return new String(octets, StandardCharsets.US_ASCII);
    }

    private static boolean isPlainText(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static char hexDigit(int value) {
        return Character.toUpperCase(Character.forDigit(value & 0xf, 16));
    }

    private static byte[] decoded(String rawPath) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(rawPath.length());
        int i = 0;
        while (i < rawPath.length()) {
            char c = rawPath.charAt(i);
            if (c == '%') {
                octets.write(Integer.parseInt(rawPath, i + 1, i + 3, 16));
                i += 3;
            } else {
                octets.write(c);
                i++;
            }
        }
        // A folder's URI ends in a slash that its path does not have.
        byte[] all = octets.toByteArray();
        boolean slash = all.length > 1 && all[all.length - 1] == '/';
        return slash ? Arrays.copyOf(all, all.length - 1) : all;
    }
}
