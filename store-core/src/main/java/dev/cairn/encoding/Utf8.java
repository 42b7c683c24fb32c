// SPDX-License-Identifier: Apache-2.0
package dev.cairn.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 without leniency: where octets are taken from outside and must not change on the way back. */
public final class Utf8 {
    private Utf8() {}

    /**
     * The text that {@code octets} are.
     *
     * @throws CharacterCodingException when they are not well-formed; nothing is replaced
     */
    public static String decode(byte[] octets) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    }
}
