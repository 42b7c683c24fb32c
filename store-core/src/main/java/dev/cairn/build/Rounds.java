// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.BuildMode;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.fs.FileTrees;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What becomes of what a builder made: it is put into the store, takes the place of bad contents, or is compared, with
 * what is registered or with what the round before it made (daemon, section 8.8).
 */
final class Rounds {
    private final Goal goal;
    private final BuildStore store;
    private final BuildTerms terms;
    private final BuildReport report;
    private final Placement placement;
    private final int count;
    private int done;
    private final SortedMap<StorePath, PathInfo> previous = new TreeMap<>();

    Rounds(Goal goal, BuildStore store, BuildTerms terms, BuildReport report) {
        this.goal = goal;
        this.store = store;
        this.terms = terms;
        this.report = report;
        this.placement = new Placement(store.layout());
        boolean repeated = goal.mode() == BuildMode.NORMAL && !goal.derivation().isFixedOutput();
        this.count = repeated ? terms.options().rounds() : 1;
    }

    int count() {
        return count;
    }

    /** The round that comes next, from 1 on. */
    int current() {
        return done + 1;
    }

    boolean more() {
        return done < count;
    }

    /** Ends a round; in the last one what was made is in its place afterwards. */
    void end(List<OutputCheck.Made> made) throws BuildError, DaemonException, IOException {
        done++;
        switch (goal.mode()) {
            case CHECK -> compareWithStore(made);
            case REPAIR -> {
                for (OutputCheck.Made one : made) {
                    placement.replace(one.file(), one.info().path());
                }
            }
            case NORMAL -> {
                compareWithPrevious(made);
                for (OutputCheck.Made one : made) {
                    StorePath item = one.info().path();
                    if (more()) {
                        placement.keepBeside(one.file(), item);
                        previous.put(item, one.info());
                    } else {
                        placement.put(one.file(), item);
                    }
                }
            }
        }
    }

    private void compareWithStore(List<OutputCheck.Made> made) throws DaemonException, IOException {
        for (OutputCheck.Made one : made) {
            StorePath item = one.info().path();
            PathInfo registered = store.info(item).orElseThrow(() -> new DaemonException.NotValid(item));
            if (!registered.narHash().equals(one.info().narHash())) {
                Path file = store.layout().physical(item);
                List<String> differences =
                        FileTrees.exists(file) ? TreeDifferences.between(file, one.file()) : List.of();
                Optional<StorePath> kept = terms.options().keepFailed()
                        ? Optional.of(placement.keepBeside(one.file(), item))
                        : Optional.empty();
                throw new DaemonException.NotDeterministic(goal.path(), item, differences, kept);
            }
            report.succeeded();
        }
    }

    private void compareWithPrevious(List<OutputCheck.Made> made) throws BuildError, IOException {
        if (previous.isEmpty()) {
            return;
        }
        for (OutputCheck.Made one : made) {
            StorePath item = one.info().path();
            PathInfo before = previous.get(item);
            boolean same = before.narHash().equals(one.info().narHash())
                    && before.references().equals(one.info().references());
            if (!same) {
                String text = "output ‘" + item + "’ of ‘" + goal.path() + "’ differs from "
                        + (terms.options().keepFailed() ? "‘" + placement.beside(item) + "’ from " : "")
                        + "previous round";
                Path file = store.layout().physical(placement.beside(item));
                List<String> differences =
                        FileTrees.exists(file) ? TreeDifferences.between(file, one.file()) : List.of();
                throw BuildError.rejected(
                        text,
                        "output '" + item + "' is not the same in every round: "
                                + String.join("; ", differences.subList(0, Math.min(3, differences.size()))));
            }
        }
        deletePrevious();
    }

    /** Nothing more is compared. */
    private void deletePrevious() throws IOException {
        for (StorePath item : previous.keySet()) {
            FileTrees.deleteShielded(store.layout().physical(placement.beside(item)));
        }
        previous.clear();
    }

    /** Takes away what was kept to be compared, unless it is to be looked at. */
    void clear() throws IOException {
        if (!terms.options().keepFailed()) {
            deletePrevious();
        }
    }
}
