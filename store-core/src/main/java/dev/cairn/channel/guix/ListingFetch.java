// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.error.CairnException;
import dev.cairn.event.Activities;
import dev.cairn.fs.Interrupts;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Fetches all that a Data Service lists of one commit, page by page; packages and outputs side by side. */
final class ListingFetch {
    /** Pages are large, as each waits for the end of the one before; after each it is told how far this is. */
    private static final int PACKAGES_A_PAGE = 1000;

    /** There are more outputs than packages, and less is said of each. */
    private static final int OUTPUTS_A_PAGE = 4000;

    /** How long the service may take to compare two commits before all pages are asked for. */
    private static final Duration COMPARING = Duration.ofSeconds(10);

    private static final String ALL = "all_results=on";

    private final DataServiceClient service;
    private final String commit;
    private final String system;
    private final Activities.Activity activity;
    private final AtomicLong rows = new AtomicLong();

    /** @param activity is told how many rows have come */
    ListingFetch(DataServiceClient service, String commit, String system, Activities.Activity activity) {
        this.service = service;
        this.commit = commit;
        this.system = system;
        this.activity = activity;
    }

    /**
     * Fetches all, or what is different from an earlier commit.
     *
     * @param previous a revision of the same repository, with an order of names that is known
     * @throws DataServiceException.NotFound when the service has not processed the commit
     * @throws DataServiceException.Malformed when it lists no package
     * @throws DamagedRevision when the earlier revision is of no use
     */
    RevisionRows run(Optional<GuixRevisions.Revision> previous) throws CairnException, IOException {
        try (Parallel parallel = new Parallel()) {
            Future<List<ListedOutput>> outputs = parallel.start(() -> pages(
                    "after_path",
                    OUTPUTS_A_PAGE,
                    query -> service.outputs(commit, system, query),
                    o -> o.path().toString()));
            if (previous.isPresent()) {
                GuixRevisions.Revision earlier = previous.get();
                NameOrder order = earlier.record().order().orElseThrow();
                PreviousItems items = new PreviousItems(ItemTable.read(earlier.items()));
                Optional<SortedMap<String, List<ListedPackage>>> changed = IncrementalFetch.run(
                        service, earlier.record().commit(), order, items.names(), commit, COMPARING);
                if (changed.isPresent()) {
                    Parallel.result(outputs).forEach(items::take);
                    return new RevisionMerge(earlier.descriptions(), order, items, changed.get());
                }
            }
            List<ListedPackage> packages = pages(
                    "after_name", PACKAGES_A_PAGE, query -> service.packages(commit, query), ListedPackage::name);
            if (packages.isEmpty()) {
                throw new DataServiceException.Malformed(service.service(), "it lists no packages");
            }
            Optional<NameOrder> order = NameOrder.of(packages.stream().map(ListedPackage::name).toList());
            return GuixListing.join(packages, Parallel.result(outputs), order);
        }
    }

    /** Asks for one part of a listing. */
    @FunctionalInterface
    private interface Page<T> {
        List<T> get(String query) throws CairnException, IOException;
    }

    /**
     * All pages. The cursor is that of the last row as it came, since only the server knows its order. Should it go in
     * circles, all is asked for at once instead.
     */
    private <T> List<T> pages(String cursor, int size, Page<T> page, Function<T, String> key)
            throws CairnException, IOException {
        List<T> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String after = "";
        while (true) {
            Interrupts.check();
            List<T> some = page.get("limit_results=" + size + after);
            if (some.isEmpty()) {
                return all;
            }
            boolean fresh = false;
            for (T row : some) {
                fresh |= seen.add(key.apply(row));
            }
            if (!fresh) {
                return page.get(ALL);
            }
            all.addAll(some);
            activity.progress(rows.addAndGet(some.size()), OptionalLong.empty());
            after = "&" + cursor + "=" + URLEncoder.encode(key.apply(some.getLast()), StandardCharsets.UTF_8);
        }
    }
}
