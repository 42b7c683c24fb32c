// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.error.CairnException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the list of packages of a commit from that of an earlier one and what a service says to be different, where that
 * is little. Each package that differs is asked for by itself; whatever is not as expected leads to nothing, and the
 * caller fetches all.
 */
final class IncrementalFetch {
    /** Where more names differ, whole pages are quicker. */
    private static final int MOST_NAMES = 256;

    /** Names that are asked for at once: there may be others before it, of packages that are only other names. */
    private static final int ROOM = 4;

    private final DataServiceClient service;
    private final Previous previous;
    private final String commit;

    /**
     * What is known of an earlier commit.
     *
     * @param order that the service has its names in
     * @param packages all of them
     */
    record Previous(String commit, NameOrder order, List<ListedPackage> packages) {}

    IncrementalFetch(DataServiceClient service, Previous previous, String commit) {
        this.service = service;
        this.previous = previous;
        this.commit = commit;
    }

    /** All packages of the commit; empty where they are to be fetched otherwise. */
    Optional<List<ListedPackage>> packages(Parallel parallel) throws CairnException, IOException {
        DataServiceClient.Difference difference;
        try {
            difference = service.difference(previous.commit(), commit);
        } catch (DataServiceException _) {
            // It may not keep the earlier commit any more, or be too busy to compare.
            return Optional.empty();
        }
        Set<String> differing = new HashSet<>(difference.before());
        differing.addAll(difference.after());
        if (differing.size() > MOST_NAMES) {
            return Optional.empty();
        }
        Comparator<String> order = previous.order().comparator();
        NavigableSet<String> names = new TreeSet<>(order);
        previous.packages().forEach(one -> names.add(one.name()));
        names.addAll(difference.after());
        List<Parallel.Task<Optional<List<ListedPackage>>>> questions = new ArrayList<>();
        for (String name : differing) {
            Optional<String> before = Optional.ofNullable(names.lower(name));
            boolean there = difference.after().contains(name);
            questions.add(() -> rows(name, before, there));
        }
        List<ListedPackage> all = new ArrayList<>();
        previous.packages().stream().filter(one -> !differing.contains(one.name())).forEach(all::add);
        for (Optional<List<ListedPackage>> answer : parallel.all(questions)) {
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(answer.get());
        }
        return Optional.of(all);
    }

    /**
     * The packages of one name, which are none where it is gone.
     *
     * @param before the name that comes before it in the service's order
     * @param there whether there must be some
     * @return empty where the answer does not tell
     */
    private Optional<List<ListedPackage>> rows(String name, Optional<String> before, boolean there)
            throws CairnException, IOException {
        String after = before.map(cursor -> "&after_name=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)).orElse("");
        List<ListedPackage> listed = service.packages(commit, "limit_results=" + ROOM + after);
        List<ListedPackage> rows = listed.stream().filter(one -> one.name().equals(name)).toList();
        boolean passed = listed.isEmpty()
                || previous.order().comparator().compare(listed.getLast().name(), name) > 0;
        return rows.isEmpty() && (there || !passed) ? Optional.empty() : Optional.of(rows);
    }
}
