// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

/** Names of packages and of architectures. */
public final class PackageName {
    /** Characters that a name may have. */
    public static final int LONGEST = 200;

    private PackageName() {}

    /**
     * Whether a text names a package: letters, digits and {@code + - . _}, the first one a letter or a digit. The
     * archive keeps to small letters and has no {@code _}, but dpkg takes them from others.
     */
    public static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > LONGEST || !isAlphanumeric(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!isPart(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a text names an architecture, such as {@code amd64}, {@code all} or {@code linux-any}. */
    public static boolean isArchitecture(String text) {
        if (text.isEmpty() || text.length() > 64 || !isAlphanumeric(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!isAlphanumeric(text.charAt(i)) && text.charAt(i) != '-') {
                return false;
            }
        }
        return true;
    }

    /** Whether a character can stand in a name, other than at its start. */
    static boolean isPart(char c) {
        return isAlphanumeric(c) || c == '-' || c == '.' || c == '+' || c == '_';
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z';
    }
}
