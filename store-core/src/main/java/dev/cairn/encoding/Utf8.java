// SPDX-License-Identifier: Apache-2.0
package dev.cairn.encoding;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** UTF-8 that loses nothing: where octets are taken from outside and must not change on the way back. */
public final class Utf8 {
    private static final int ESCAPE = 0xdc00;

    private Utf8() {}

    /**
     * The text that {@code octets} are.
     *
     * @throws CharacterCodingException when they are not well-formed; nothing is replaced
     */
    public static String decode(byte[] octets) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    }

    /**
     * A text that stands for any octets, such as the name of a file: what is well-formed is decoded, and each octet
     * that belongs to nothing well-formed becomes a surrogate of its own, U+DC80 to U+DCFF. {@link #encodeAny} gives
     * the octets back.
     */
    public static String decodeAny(byte[] octets) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(octets);
        CharBuffer out = CharBuffer.allocate(octets.length);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isError()) {
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (ESCAPE | in.get() & 0xff));
            }
            result = decoder.reset().decode(in, out, true);
        }
        return out.flip().toString();
    }

    /**
     * The octets that a text of {@link #decodeAny} stands for; any other text in UTF-8.
     *
     * @throws CharacterCodingException when it has a surrogate that stands for nothing
     */
    public static byte[] encodeAny(String text) throws CharacterCodingException {
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))) {
                // A pair, or an error that the encoder finds.
                i++;
            } else if (isEscape(text.charAt(i))) {
                encode(text, start, i, octets);
                octets.write(text.charAt(i));
                start = i + 1;
            }
        }
        encode(text, start, text.length(), octets);
        return octets.toByteArray();
    }

    /** Whether a character that is no part of a pair stands for an octet. */
    public static boolean isEscape(char c) {
        return c >= (ESCAPE | 0x80) && c <= (ESCAPE | 0xff);
    }

    private static void encode(String text, int start, int end, ByteArrayOutputStream octets)
            throws CharacterCodingException {
        ByteBuffer some = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text, start, end));
        octets.write(some.array(), some.position(), some.remaining());
    }
}
