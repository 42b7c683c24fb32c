// SPDX-License-Identifier: Apache-2.0
package dev.cairn.nar;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The fixed strings of the format and how strings are written (formats, sections 2.1 and 2.2). */
final class NarTokens {
    static final String MAGIC = "nix-archive-1";
    static final String OPEN = "(";
    static final String CLOSE = ")";
    static final String TYPE = "type";
    static final String REGULAR = "regular";
    static final String EXECUTABLE = "executable";
    static final String CONTENTS = "contents";
    static final String SYMLINK = "symlink";
    static final String TARGET = "target";
    static final String DIRECTORY = "directory";
    static final String ENTRY = "entry";
    static final String NAME = "name";
    static final String NODE = "node";

    /** Octets of the longest of them. */
    static final int MAX_LENGTH = MAGIC.length();

    private NarTokens() {}

    /** The encodings of {@code tokens} one after the other. */
    static byte[] encode(String... tokens) {
        int size = 0;
        for (String token : tokens) {
            size += 8 + padded(token.length());
        }
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (String token : tokens) {
            buffer.putLong(token.length());
            buffer.put(token.getBytes(StandardCharsets.US_ASCII));
            buffer.position(padded(buffer.position()));
        }
        return buffer.array();
    }

    /** {@code length} rounded up to a multiple of 8. */
    static int padded(int length) {
        return length + 7 & ~7;
    }
}
