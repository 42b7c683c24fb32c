// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.packages.EditDistance;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * One search, in steps from the best matches to the worst, each taken only while there is room for more: the exact name
 * or else what provides it, names that begin so, names with such words, names with such letters, synopses,
 * descriptions; and where little was found, names within a few typing errors. Within a step of names the shorter come
 * first.
 */
final class CatalogSearch {
    /** With fewer matches than this, names with typing errors are looked for. */
    private static final int FEW = 3;

    /** A virtual package that many provide says little. */
    private static final int MOST_PROVIDERS = 20;

    private static final int LONGEST_NAME = 255;
    private static final String PROSE = "SELECT rowid FROM prose WHERE prose MATCH ? LIMIT ?";

    private final CatalogDatabase database;
    private final Listing listing;
    private final SearchWords query;
    private final int limit;
    private final int[] found;
    private final BitSet seen;
    private int count;

    CatalogSearch(CatalogDatabase database, Listing listing, String text, int limit) {
        this.database = database;
        this.listing = listing;
        this.query = SearchWords.of(text);
        this.limit = Math.min(limit, listing.size());
        this.found = new int[this.limit];
        this.seen = new BitSet(listing.size());
    }

    List<SearchHit> run() throws SQLException {
        if (query.isEmpty()) {
            for (int line = 0; hasRoom() && line < listing.size(); line++) {
                take(line);
            }
            return hits();
        }
        if (!listing.hasName(query.asName())) {
            providers(database, listing, query.asName(), MOST_PROVIDERS).forEach(this::take);
        }
        takeNamePrefixes();
        if (hasRoom()) {
            takeNamesWith();
        }
        if (hasRoom()) {
            takeSynopses();
        }
        if (hasRoom()) {
            takeProse("name synopsis description", false);
        }
        if (hasRoom()) {
            takeProse("name synopsis description", true);
        }
        if (count < FEW) {
            similarNames(listing, query.asName(), 0).forEach(this::take);
        }
        return hits();
    }

    /** Lines of packages that provide a virtual package. */
    static List<Integer> providers(CatalogDatabase database, Listing listing, String name, int most)
            throws SQLException {
        return Mentions.find(database, Mentions.PROVIDED, name).values().stream()
                .flatMapToInt(Arrays::stream)
                .map(listing::lineOf)
                .filter(line -> line >= 0)
                .limit(most)
                .boxed()
                .toList();
    }

    /** Lines whose names are within the tolerance of {@code name}, nearest first. */
    static List<Integer> similarNames(Listing listing, String name, int leastTolerance) {
        record Near(int line, int distance, String name) {}
        int tolerance = Math.max(leastTolerance, EditDistance.tolerance(name.length()));
        if (tolerance == 0) {
            return List.of();
        }
        long characters = Listing.characters(name);
        List<Near> near = new ArrayList<>();
        for (int line = 0; line < listing.size(); line++) {
            // Each error brings in at most one character that the name lacks: this spares nearly all comparisons.
            if (Long.bitCount(characters & ~listing.characters(line)) <= tolerance) {
                int distance = EditDistance.between(name, listing.name(line), tolerance);
                if (distance <= tolerance) {
                    near.add(new Near(line, distance, listing.name(line)));
                }
            }
        }
        near.sort(Comparator.comparingInt(Near::distance).thenComparing(Near::name));
        return near.stream().map(Near::line).toList();
    }

    private List<SearchHit> hits() {
        List<SearchHit> hits = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            hits.add(listing.hit(found[i]));
        }
        return hits;
    }

    private boolean hasRoom() {
        return count < limit;
    }

    private void take(int line) {
        if (hasRoom() && !seen.get(line)) {
            seen.set(line);
            found[count++] = line;
        }
    }

    private void takeNamePrefixes() {
        String prefix = query.asName();
        int first = listing.firstFrom(prefix);
        int end = first;
        while (end < listing.size() && listing.name(end).startsWith(prefix)) {
            end++;
        }
        int[] lines = new int[end - first];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = first + i;
        }
        takeShortestFirst(lines, lines.length);
    }

    /** Names that have all the words: first those that have each as a word of their own, or the start of one. */
    private void takeNamesWith() {
        int[] whole = new int[listing.size()];
        int[] starting = new int[listing.size()];
        int[] inside = new int[listing.size()];
        int wholes = 0;
        int startings = 0;
        int insides = 0;
        long characters = Listing.characters(String.join("", query.words()));
        for (int line = 0; line < listing.size(); line++) {
            // This spares nearly all comparisons.
            if ((characters & ~listing.characters(line)) != 0) {
                continue;
            }
            switch (matchOf(listing.name(line))) {
                case WHOLE -> whole[wholes++] = line;
                case START -> starting[startings++] = line;
                case INSIDE -> inside[insides++] = line;
                case NONE -> {}
            }
        }
        takeShortestFirst(whole, wholes);
        takeShortestFirst(starting, startings);
        takeShortestFirst(inside, insides);
    }

    /** How a word occurs in a text, best first. */
    private enum Match {
        WHOLE,
        START,
        INSIDE,
        NONE
    }

    /** How all the words occur: as well as the worst of them. */
    private Match matchOf(String text) {
        Match worst = Match.WHOLE;
        for (String word : query.words()) {
            Match match = match(text, word);
            if (match == Match.NONE) {
                return match;
            }
            worst = match.compareTo(worst) > 0 ? match : worst;
        }
        return worst;
    }

    private static Match match(String text, String word) {
        Match best = Match.NONE;
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            if (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1))) {
                best = best == Match.NONE ? Match.INSIDE : best;
                continue;
            }
            int end = at + word.length();
            if (end == text.length() || !Character.isLetterOrDigit(text.charAt(end))) {
                return Match.WHOLE;
            }
            best = Match.START;
        }
        return best;
    }

    /** Takes lines that are in ascending order, those with shorter names first. Sorts by counting, without objects. */
    private void takeShortestFirst(int[] lines, int length) {
        int[] ofLength = new int[LONGEST_NAME + 2];
        for (int i = 0; i < length; i++) {
            ofLength[nameLength(lines[i]) + 1]++;
        }
        for (int i = 1; i < ofLength.length; i++) {
            ofLength[i] += ofLength[i - 1];
        }
        int[] sorted = new int[length];
        for (int i = 0; i < length; i++) {
            sorted[ofLength[nameLength(lines[i])]++] = lines[i];
        }
        for (int i = 0; hasRoom() && i < length; i++) {
            take(sorted[i]);
        }
    }

    private int nameLength(int line) {
        return Math.min(listing.name(line).length(), LONGEST_NAME);
    }

    /** Packages with all the words in name and synopsis: whole words before beginnings of words. */
    private void takeSynopses() throws SQLException {
        takeProse("name synopsis", false);
        if (hasRoom()) {
            takeProse("name synopsis", true);
        }
    }

    /** Takes matches of the full-text index in its own order, which is that of the names and costs no sorting. */
    private void takeProse(String columns, boolean prefix) throws SQLException {
        String expression = query.expression(columns, prefix);
        if (expression.isEmpty()) {
            return;
        }
        PreparedStatement select = database.statement(PROSE);
        select.setString(1, expression);
        // Those taken before may come again, and a name may have rows in several channels.
        select.setInt(2, limit + count + 100);
        List<Integer> lines = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                int line = listing.lineOf(rows.getLong(1));
                if (line >= 0) {
                    lines.add(line);
                }
            }
        }
        takeShortestFirst(lines.stream().mapToInt(Integer::intValue).toArray(), lines.size());
    }
}
