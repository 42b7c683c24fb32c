// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Orders versions, older first. A version is cut into runs of other characters and runs of ASCII digits, in turn,
 * beginning with a possibly empty run of other characters. Runs of digits compare by value, without limit of length;
 * other runs by their characters, a run that ends first being older; a version that ends first is older. Where all
 * runs are equal ({@code 1.01} and {@code 1.1}) the characters decide, so that only equal strings compare as equal.
 *
 * <p>This is how {@code version-compare} of Guix orders the versions that occur in practice; unlike it, zeros at the
 * start of a number never make it a fraction.
 */
public final class VersionOrder implements Comparator<String> {
    /** The one order; it has no state. */
    public static final VersionOrder INSTANCE = new VersionOrder();

    private VersionOrder() {}

    @Override
    public int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            int otherA = end(a, i, false);
            int otherB = end(b, j, false);
            int byOther = a.substring(i, otherA).compareTo(b.substring(j, otherB));
            if (byOther != 0) {
                return byOther;
            }
            i = end(a, otherA, true);
            j = end(b, otherB, true);
            int byNumber = compareDigits(a, otherA, i, b, otherB, j);
            if (byNumber != 0) {
                return byNumber;
            }
        }
        return a.compareTo(b);
    }

    /** Whether {@code version} is {@code prefix}, or begins with it followed by a dot. */
    public static boolean fits(String prefix, String version) {
        return version.startsWith(prefix)
                && (version.length() == prefix.length() || version.charAt(prefix.length()) == '.');
    }

    /**
     * What a specification's version means: exactly that version, else the newest that it is a prefix of; without a
     * version the newest.
     *
     * @param newestFirst to choose from
     */
    public static <T> Optional<T> choose(
            Optional<String> wanted, List<T> newestFirst, Function<? super T, String> version) {
        return VersionScheme.PLAIN.choose(wanted, newestFirst, version);
    }

    /** The end of the run of digits, or of anything else, that starts at {@code start}. */
    private static int end(String text, int start, boolean digits) {
        int i = start;
        while (i < text.length() && isDigit(text.charAt(i)) == digits) {
            i++;
        }
        return i;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Compares by value; no digits at all are less than zero. */
    private static int compareDigits(String a, int startA, int endA, String b, int startB, int endB) {
        if (startA == endA || startB == endB) {
            return Integer.compare(endA - startA, endB - startB);
        }
        int i = skipZeros(a, startA, endA);
        int j = skipZeros(b, startB, endB);
        if (endA - i != endB - j) {
            return Integer.compare(endA - i, endB - j);
        }
        return a.substring(i, endA).compareTo(b.substring(j, endB));
    }

    private static int skipZeros(String text, int start, int end) {
        int i = start;
        while (i < end && text.charAt(i) == '0') {
            i++;
        }
        return i;
    }
}
