// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import java.nio.charset.StandardCharsets;

/** Strings in which every {@code char} stands for one octet, as derivations hold them. */
public final class OctetString {
    private OctetString() {}

    /** The octets of {@code text} in UTF-8, one {@code char} each. */
    public static String ofText(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The text that {@code octets} is in UTF-8; what is not UTF-8 becomes U+FFFD. */
    public static String toText(String octets) {
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
