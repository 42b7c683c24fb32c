// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.error.CairnException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks for the packages of names that a service says to be different from an earlier commit, where these are few. Names
 * that are near each other are asked for together; whatever is not as expected leads to nothing, and the caller fetches
 * all.
 */
final class IncrementalFetch {
    /** Where more questions would have to be asked, whole pages are quicker. */
    private static final int MOST_QUESTIONS = 320;

    /** For how many names more is asked: there may be others between them, of packages that are only other names. */
    private static final int ROOM = 4;

    /** After so many questions for one range, each for twice as many names more, something is wrong. */
    private static final int ATTEMPTS = 9;

    /** How many other names there may be between two that are asked for together: as many as a question is worth. */
    private static final int GAP = 32;

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
     * @return all packages of each name that differs, as they are listed, by name; none for one that is gone. Empty
     *     where the packages are to be fetched otherwise
     */
    static Optional<SortedMap<String, List<ListedPackage>>> run(
            DataServiceClient service, String earlier, NameOrder order, List<String> names, String commit)
            throws CairnException, IOException {
        DataServiceClient.Difference difference;
        try {
            difference = service.difference(earlier, commit);
        } catch (DataServiceException _) {
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
        List<Parallel.Task<Optional<SortedMap<String, List<ListedPackage>>>>> questions = new ArrayList<>();
        int covered = 0;
        for (int i = 0; i < names.size(); i++) {
            if (differs(names.get(i))) {
                int first = i;
                int last = i;
                for (; i < names.size() && i <= last + GAP; i++) {
                    last = differs(names.get(i)) ? i : last;
                }
                int end = last;
                questions.add(() -> range(first, end));
                covered += last - first;
                i = last;
            }
        }
        if (questions.size() > MOST_QUESTIONS || covered > names.size() / 2) {
            return Optional.empty();
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
