// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.wire;

/** Texts that guix-daemon answers bad encodings with, in its words and with its quotation marks. */
public final class WireText {
    public static final String INTEGER_TOO_LARGE = "implementation cannot deal with > 32-bit integers";
    public static final String NON_ZERO_PADDING = "non-zero padding";
    public static final String STRING_TOO_LONG = "string is too long";
    public static final String LIST_TOO_LONG = "list is too long";
    public static final String END_OF_FILE = "unexpected end-of-file";

    private WireText() {}

    /** What a text that is not the name of an item is answered with. */
    public static String notInStore(String text) {
        return "path `" + text + "' is not in the store";
    }
}
