// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import java.util.Comparator;

/**
 * The order of Debian's versions (deb-version(7)): epoch, upstream version, revision; {@code ~} is before the end.
 *
 * <p>Numbers are compared by value however long they are, letters come before other signs, a missing epoch or revision
 * is 0. Different texts may be equal, as {@code 1.0} and {@code 0:1.00-0} are. Comparing makes no objects. Texts that
 * are no versions have a place in the order too, so that sorting never fails.
 */
public final class DebianVersion implements Comparator<String> {
    /** The one order; it has no state. */
    public static final DebianVersion ORDER = new DebianVersion();

    /** Characters that a version may have. */
    public static final int LONGEST = 256;

    private DebianVersion() {}

    @Override
    public int compare(String a, String b) {
        int upstreamA = startOfUpstream(a);
        int upstreamB = startOfUpstream(b);
        int epoch = compareParts(a, 0, Math.max(0, upstreamA - 1), b, 0, Math.max(0, upstreamB - 1));
        if (epoch != 0) {
            return epoch;
        }
        int endA = endOfUpstream(a, upstreamA);
        int endB = endOfUpstream(b, upstreamB);
        int upstream = compareParts(a, upstreamA, endA, b, upstreamB, endB);
        if (upstream != 0) {
            return upstream;
        }
        return compareParts(
                a, Math.min(endA + 1, a.length()), a.length(), b, Math.min(endB + 1, b.length()), b.length());
    }

    /**
     * Whether a text is a version: an epoch of digits, if any; an upstream version and a revision of letters, digits
     * and {@code . + ~ -} (with an epoch also {@code :}), neither of them empty; at most {@link #LONGEST} characters.
     * The upstream version should begin with a digit but need not.
     */
    public static boolean isVersion(String text) {
        int length = text.length();
        if (length == 0 || length > LONGEST) {
            return false;
        }
        int start = startOfUpstream(text);
        int end = endOfUpstream(text, start);
        if (end == start || end == length - 1) {
            return false;
        }
        for (int i = start; i < length; i++) {
            char c = text.charAt(i);
            boolean allowed = isDigit(c) || isLetter(c) || c == '.' || c == '+' || c == '~' || c == '-'
                    || c == ':' && start > 0;
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    /** Behind the colon of an epoch; 0 where there is none. */
    private static int startOfUpstream(String version) {
        int i = 0;
        while (i < version.length() && isDigit(version.charAt(i))) {
            i++;
        }
        return i > 0 && i < version.length() && version.charAt(i) == ':' ? i + 1 : 0;
    }

    /** The hyphen before the revision; the end where there is none. */
    private static int endOfUpstream(String version, int start) {
        int hyphen = version.lastIndexOf('-');
        return hyphen < start ? version.length() : hyphen;
    }

    /** Compares two parts: by turns a run of other signs, by weight, and a run of digits, by value. */
    private static int compareParts(String a, int i, int endA, String b, int j, int endB) {
        while (i < endA || j < endB) {
            while (i < endA && !isDigit(a.charAt(i)) || j < endB && !isDigit(b.charAt(j))) {
                int order = weight(a, i, endA) - weight(b, j, endB);
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
            int digitsA = i;
            int digitsB = j;
            i = endOfDigits(a, i, endA);
            j = endOfDigits(b, j, endB);
            int order = compareNumbers(a, digitsA, i, b, digitsB, j);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareNumbers(String a, int i, int endA, String b, int j, int endB) {
        while (i < endA && a.charAt(i) == '0') {
            i++;
        }
        while (j < endB && b.charAt(j) == '0') {
            j++;
        }
        if (endA - i != endB - j) {
            return Integer.compare(endA - i, endB - j);
        }
        for (; i < endA; i++, j++) {
            int order = a.charAt(i) - b.charAt(j);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int endOfDigits(String text, int i, int end) {
        while (i < end && isDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** A tilde is before the end and before digits, then letters, then all else. */
    private static int weight(String text, int i, int end) {
        if (i >= end) {
            return 0;
        }
        char c = text.charAt(i);
        if (isDigit(c)) {
            return 0;
        }
        if (c == '~') {
            return -1;
        }
        return isLetter(c) ? c : c + 256;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
