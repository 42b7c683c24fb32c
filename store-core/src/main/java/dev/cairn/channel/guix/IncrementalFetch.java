// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.error.CairnException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/**
 * Asks for the packages of names that a service says to be different from an earlier commit, where these are few. Names
 * that are near each other are asked for together; whatever is not as expected leads to nothing, and the caller fetches
 * all.
 */
final class IncrementalFetch {
    /**
     * Where more questions would have to be asked than one for so many names, whole pages are taken to be quicker. Such
     * numbers here are rules of thumb: they change how long it takes, and nothing else.
     */
    private static final int NAMES_A_QUESTION = 240;

    /** So many questions are taken to be worth it: they are asked side by side, pages one after the other. */
    private static final int FEW_QUESTIONS = 16;

    /** No answer has more names, so that what is near each other is asked for side by side too. */
    private static final int MOST_NAMES = 1000;

    /** For how many names more is asked: there may be others between them, of packages that are only other names. */
    private static final int ROOM = 4;

    /** After so many questions for one range, each for twice as many names more, something is wrong. */
    private static final int ATTEMPTS = 9;

    /**
     * Between two names that are asked for together there may be one in so many of all names: in a short listing only
     * few, so that some names in all places of it do not come to all of it.
     */
    private static final int GAPS = 280;

    /** For fewer names between two, another question is not worth it. */
    private static final int SMALLEST_GAP = 32;

    /** For more names between two, another question is worth it. */
    private static final int LARGEST_GAP = 100;

    private final DataServiceClient service;
    private final String commit;
    private final DataServiceClient.Difference difference;
    private final Comparator<String> order;
    /** Names of all packages of both commits, in the service's order. */
    private final List<String> names;

    private IncrementalFetch(
            DataServiceClient service,
            String commit,
            DataServiceClient.Difference difference,
            Comparator<String> order,
            List<String> names) {
        this.service = service;
        this.commit = commit;
        this.difference = difference;
        this.order = order;
        this.names = names;
    }

    /**
     * Fetches what differs.
     *
     * @param earlier a commit
     * @param order that the service has its names in
     * @param names of the packages of the earlier commit
     * @param commit whose packages are wanted
     * @param patience how long the service may take to compare: all can be had meanwhile
     * @return all packages of each name that differs, as they are listed, by name; none for one that is gone. Empty
     *     where the packages are to be fetched otherwise
     */
    static Optional<SortedMap<String, List<ListedPackage>>> run(
            DataServiceClient service,
            String earlier,
            NameOrder order,
            List<String> names,
            String commit,
            Duration patience)
            throws CairnException, IOException {
        DataServiceClient.Difference difference;
        try (Parallel asking = new Parallel()) {
            difference = Parallel.result(asking.start(() -> service.difference(earlier, commit)), patience);
        } catch (DataServiceException | TimeoutException _) {
            // It may not keep the earlier commit any more, or be too busy to compare.
            return Optional.empty();
        }
        Set<String> known = new HashSet<>(names);
        List<String> all = new ArrayList<>(names);
        difference.after().stream().filter(known::add).forEach(all::add);
        all.sort(order.comparator());
        return new IncrementalFetch(service, commit, difference, order.comparator(), all).fetch();
    }

    private boolean differs(String name) {
        return difference.before().contains(name) || difference.after().contains(name);
    }

    private Optional<SortedMap<String, List<ListedPackage>>> fetch() throws CairnException, IOException {
        List<Range> ranges = ranges();
        int covered = ranges.stream().mapToInt(range -> range.last() - range.first()).sum();
        if (ranges.size() > Math.max(FEW_QUESTIONS, names.size() / NAMES_A_QUESTION) || covered > names.size() / 2) {
            return Optional.empty();
        }
        List<Parallel.Task<Optional<SortedMap<String, List<ListedPackage>>>>> questions = new ArrayList<>();
        for (Range range : ranges) {
            questions.add(() -> range(range.first(), range.last()));
        }
        SortedMap<String, List<ListedPackage>> all = new TreeMap<>();
        try (Parallel parallel = new Parallel()) {
            for (Optional<SortedMap<String, List<ListedPackage>>> answer : parallel.all(questions)) {
                if (answer.isEmpty()) {
                    return Optional.empty();
                }
                all.putAll(answer.get());
            }
        }
        return Optional.of(all);
    }

    /** What is asked for together: names that differ and such between them, by their places. */
    private record Range(int first, int last) {}

    private List<Range> ranges() {
        int gap = Math.clamp(names.size() / GAPS, SMALLEST_GAP, LARGEST_GAP);
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (differs(names.get(i))) {
                int first = i;
                int last = i;
                for (; i < names.size() && i <= last + gap && i < first + MOST_NAMES; i++) {
                    last = differs(names.get(i)) ? i : last;
                }
                ranges.add(new Range(first, last));
                i = last;
            }
        }
        return ranges;
    }

    /** The packages of the names that differ among those from one to another; empty where the answers do not tell. */
    private Optional<SortedMap<String, List<ListedPackage>>> range(int first, int last)
            throws CairnException, IOException {
        SortedMap<String, List<ListedPackage>> listed = new TreeMap<>(order);
        String cursor = first > 0 ? names.get(first - 1) : "";
        boolean passed = false;
        for (int asked = 0; asked < ATTEMPTS && !passed; asked++) {
            int known = Collections.binarySearch(names, cursor, order);
            int missing = last - (known < 0 ? -known - 2 : known) + (ROOM << asked);
            List<ListedPackage> rows = service.packages(commit, "limit_results=" + missing
                    + (cursor.isEmpty() ? "" : "&after_name=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
            for (ListedPackage row : rows) {
                if (!cursor.isEmpty() && order.compare(row.name(), cursor) < 0) {
                    return Optional.empty();
                }
                cursor = row.name();
                listed.computeIfAbsent(cursor, _ -> new ArrayList<>()).add(row);
            }
            // All of one name come together.
            passed = rows.isEmpty() || order.compare(cursor, names.get(last)) >= 0;
        }
        return passed ? pick(first, last, listed) : Optional.empty();
    }

    /** Of what is listed, the names that differ; empty where it is not what must be there. */
    private Optional<SortedMap<String, List<ListedPackage>>> pick(
            int first, int last, SortedMap<String, List<ListedPackage>> listed) {
        boolean surprising = listed.entrySet().stream()
                .anyMatch(one -> Collections.binarySearch(names, one.getKey(), order) < 0
                        && !GuixListing.packages(one.getValue()).isEmpty());
        if (surprising) {
            return Optional.empty();
        }
        SortedMap<String, List<ListedPackage>> picked = new TreeMap<>();
        for (String name : names.subList(first, last + 1)) {
            boolean differs = differs(name);
            List<ListedPackage> rows = listed.getOrDefault(name, List.of());
            if (rows.isEmpty() && (!differs || difference.after().contains(name))) {
                return Optional.empty();
            }
            if (differs) {
                picked.put(name, rows);
            }
        }
        return Optional.of(picked);
    }
}
