// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * How many typing errors lie between two words: characters missing, too many, wrong, or two neighbours swapped
 * (Damerau-Levenshtein distance in its restricted form, no part edited twice).
 */
public final class EditDistance {
    private EditDistance() {}

    /** The errors that are forgiven in a word of this length: none below 3 characters, 1 below 6, else 2. */
    public static int tolerance(int length) {
        return length < 3 ? 0 : length < 6 ? 1 : 2;
    }

    /**
     * The distance of two words.
     *
     * @param limit distances above it need not be exact
     * @return the distance, or {@code limit + 1} when it is greater than {@code limit}
     */
    public static int between(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) > limit) {
            return limit + 1;
        }
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int cost = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost = Math.min(cost, beforeLast[j - 2] + 1);
                }
                row[j] = cost;
                least = Math.min(least, cost);
            }
            if (least > limit) {
                return limit + 1;
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return Math.min(last[b.length()], limit + 1);
    }

    /** The words nearest to {@code word} within its tolerance (at least 1), nearest first, at most {@code most}. */
    public static List<String> nearest(String word, Collection<String> candidates, int most) {
        int limit = Math.max(1, tolerance(word.length()));
        record Near(String word, int distance) {}
        List<Near> near = new ArrayList<>();
        for (String candidate : candidates) {
            int distance = between(word, candidate, limit);
            if (distance <= limit) {
                near.add(new Near(candidate, distance));
            }
        }
        near.sort(Comparator.comparingInt(Near::distance).thenComparing(Near::word));
        return near.stream().limit(most).map(Near::word).toList();
    }
}
