// SPDX-License-Identifier: Apache-2.0
package dev.cairn.manifest;

/**
 * The name and version that the name of an item seems to hold, where nothing better is known.
 *
 * @param name of the package
 * @param version empty where none can be made out
 */
public record ItemName(String name, String version) {
    /** Splits at the first hyphen followed by a digit, as Guix does for old manifests. */
    public static ItemName split(String text) {
        for (int i = text.indexOf('-'); i >= 0 && i + 1 < text.length(); i = text.indexOf('-', i + 1)) {
            char next = text.charAt(i + 1);
            if (i > 0 && next >= '0' && next <= '9') {
                return new ItemName(text.substring(0, i), text.substring(i + 1));
            }
        }
        return new ItemName(text, "");
    }
}
